//! The smallest XLSX file there can be, made by hand: a ZIP of four XML files without compression.

/// A workbook with one sheet, `Sheet1`. Each cell is a reference and its content as XML; `merged` are ranges.
pub(super) fn workbook(cells: &[(&str, &str)], merged: &[&str]) -> Vec<u8> {
    let mut rows = String::new();
    let mut row = 0;
    for (reference, content) in cells {
        let number: u32 = reference.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().unwrap();
        if number != row {
            rows += &format!("{}<row r=\"{number}\">", if row == 0 { "" } else { "</row>" });
            row = number;
        }
        rows += &match content.parse::<f64>() {
            Ok(_) => format!("<c r=\"{reference}\"><v>{content}</v></c>"),
            Err(_) if content.starts_with('#') => format!("<c r=\"{reference}\" t=\"e\"><v>{content}</v></c>"),
            Err(_) => format!("<c r=\"{reference}\" t=\"inlineStr\"><is><t>{content}</t></is></c>"),
        };
    }
    if row != 0 {
        rows += "</row>";
    }
    let merges = match merged {
        [] => String::new(),
        ranges => {
            let all: String = ranges.iter().map(|range| format!("<mergeCell ref=\"{range}\"/>")).collect();
            format!("<mergeCells count=\"{}\">{all}</mergeCells>", ranges.len())
        }
    };
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    zip(&[
        (
            "_rels/.rels",
            &format!(
                "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<?xml version=\"1.0\"?><workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!(
                "<?xml version=\"1.0\"?><worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData>{merges}</worksheet>"
            ),
        ),
    ])
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let offset = out.len() as u32;
        let mut common = Vec::new();
        // Version, flags, method "stored", time, date, checksum, sizes, length of the name, no extra field.
        for part in [20_u16, 0, 0, 0, 33] {
            common.extend(part.to_le_bytes());
        }
        for part in [crc32(content.as_bytes()), content.len() as u32, content.len() as u32] {
            common.extend(part.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        common.extend(0_u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(content.as_bytes());
        directory.extend(b"PK\x01\x02");
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&common);
        directory.extend([0_u8; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let start = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend((files.len() as u16).to_le_bytes());
    out.extend((files.len() as u16).to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend(0_u16.to_le_bytes());
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(!0, step)
}
