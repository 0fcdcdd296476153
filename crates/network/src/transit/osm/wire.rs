//! Messages of Protocol Buffers, as far as OpenStreetMap's files use them: fields one after the other, without a schema.

/// What a field holds.
#[derive(Clone, Copy)]
pub(super) enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

/// The fields of a message with their numbers. It ends early where the message is broken.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = (u64, Value<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let key = varint(&mut self.0)?;
        let value = match key & 7 {
            0 => Value::Number(varint(&mut self.0)?),
            1 => Value::Bytes(take(&mut self.0, 8)?),
            2 => {
                let length = varint(&mut self.0)?;
                Value::Bytes(take(&mut self.0, usize::try_from(length).ok()?)?)
            }
            5 => Value::Bytes(take(&mut self.0, 4)?),
            _ => return None,
        };
        Some((key >> 3, value))
    }
}

fn take<'a>(bytes: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// Numbers packed one after the other.
pub(super) struct Packed<'a>(pub(super) &'a [u8]);

impl Iterator for Packed<'_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        varint(&mut self.0)
    }
}

/// Signed numbers are written with their sign in the last bit.
pub(super) fn signed(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

/// Numbers of which each is written as the difference from the one before.
pub(super) fn sums(bytes: &[u8]) -> impl Iterator<Item = i64> {
    Packed(bytes).scan(0_i64, |sum, step| {
        *sum = sum.wrapping_add(signed(step));
        Some(*sum)
    })
}
