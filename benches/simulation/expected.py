"""Reads expected outputs and judges a run against them: the one rule, mirrored by the tests of crates/simulation."""
import csv
import io
import math
import pathlib
import re

NA = -1e32  # Vensim prints :NA: as -6.49037e+32 or -1.298074e+33; nothing real in these models is below this.
CONTROL = {"initial time", "final time", "time step", "saveper", "dt", "time"}


def text(path):
    """UTF-8 with or without a byte order mark, else Latin-1; line ends CR LF, LF or CR alone."""
    raw = pathlib.Path(path).read_bytes()
    try:
        decoded = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        decoded = raw.decode("latin-1")
    return decoded.replace("\r\n", "\n").replace("\r", "\n")


def name(written):
    """One spelling of a variable's name: lower case, no quotes, underscores and white space as one space, none inside brackets' edges."""
    plain = written.replace("\\n", " ").replace('"', "").replace("\\", "").replace("·", ".").replace("_", " ").casefold()
    plain = re.sub(r"\s+", " ", plain).strip()
    return re.sub(r" ?([\[\],.]) ?", r"\1", plain)


def number(token):
    """None for a cell without a number. Stella writes percent signs and thousands' commas in some exports."""
    token = token.strip().replace(",", "")
    if not token:
        return None
    try:
        return float(token[:-1]) / 100 if token.endswith("%") else float(token)
    except ValueError:
        return math.nan if token.lower().strip("-+") in {"nan", "?", "1.#ind", "1.#qnan"} else None


def digits(token):
    """Significant digits as printed: zeros before the first and, in a whole number, after the last do not count."""
    mantissa = re.split("[eE]", token.strip().strip('"').lstrip("+-").rstrip("%"))[0].replace(",", "")
    if not re.fullmatch(r"\d*\.?\d*", mantissa):
        return 0
    plain = mantissa.replace(".", "").lstrip("0")
    return len(plain if "." in mantissa else plain.rstrip("0"))


def places(token):
    """Decimals of a time as printed."""
    token = token.strip().strip('"')
    return len(token.split(".")[1]) if "." in token and "e" not in token.lower() else 0


def read(path):
    """An expected output: {name: [(time, value)]}, the digits it is printed with and how far a printed time may be from the saved one.

    Digits are the most of any cell, 6 at least and 15 at most, since ending zeros are not printed. Times may be printed with fewer
    digits than they have, in significant digits (Vensim) or in decimals (Stella's 0.063 for 0.0625).
    """
    lines = [line for line in text(path).split("\n") if line.strip()]
    series, printed, decimals = {}, 0, 0
    if str(path).lower().endswith(".dat"):
        current = None
        for line in lines:
            cells = line.split("\t")
            # A name may hold a tab inside quotes, but a line of numbers never starts with anything else.
            if len(cells) == 2 and number(cells[0]) is not None and number(cells[1]) is not None:
                series[current].append((number(cells[0]), number(cells[1])))
                printed = max(printed, digits(cells[1]))
                decimals = max(decimals, places(cells[0]))
            else:
                current = name(line)
                series[current] = []
    else:
        delimiter = "\t" if "\t" in lines[0] else ","
        rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter))
        names = [name(cell) for cell in rows[0]]
        for column, called in enumerate(names):
            if column == 0 or not called:
                continue  # the first column is time, whatever it is called
            points = []
            for row in rows[1:]:
                time, value = number(row[0]), number(row[column]) if column < len(row) else None
                if time is not None and value is not None:
                    points.append((time, value))
                    printed = max(printed, digits(row[column]))
                    decimals = max(decimals, places(row[0]))
            series[called] = points
    slack = 0.5005 * 10.0 ** -decimals if decimals else 1e-6
    return {called: points for called, points in series.items() if points}, min(max(printed, 6), 15), slack


def half_unit(value, printed):
    """Half a unit of the last digit of `value` when it is printed with `printed` significant digits."""
    return 0.0 if value == 0 or not math.isfinite(value) else 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) - printed + 1)


def relative(printed):
    """1e-5 where six or seven digits say that single precision made the numbers, 1e-6 else."""
    return 1e-5 if printed <= 7 else 1e-6


def agrees(got, wanted, scale, printed, tolerance):
    """The rule. `scale` is the largest |wanted| of the variable over the run and over all of its elements, 1 where that is 0.

    A finite value agrees when |got - wanted| <= max(tolerance * scale, 1.001 * half a unit of the last printed digit).
    A wanted NaN or infinity agrees with the same; a wanted :NA: with NaN or with any value that low.
    """
    if math.isnan(wanted):
        return math.isnan(got)
    if wanted < NA:
        return math.isnan(got) or got < NA
    if math.isinf(wanted) or not math.isfinite(got):
        return got == wanted
    return abs(got - wanted) <= max(tolerance * scale, 1.001 * half_unit(wanted, printed))


def judge(expected, printed, slack, times, columns, control, tolerance=None, skip=()):
    """Compares a run: `times` are its saved times, `columns` {name: values}.

    A variable that the run does not have fails it. The control variables may be missing, and are compared where `control` says so:
    for Vensim models, where they are variables like others, and not for XMILE, which has them outside of its equations.
    `tolerance` and `skip` are a row's own: where the expected numbers are less exact than printed, and variables with random numbers.
    """
    tolerance = tolerance or relative(printed)
    scales = {}
    for called, points in expected.items():
        finite = [abs(value) for _, value in points if math.isfinite(value) and value > NA]
        base = called.split("[")[0]
        scales[base] = max([scales.get(base, 0.0), *finite])
    missing, strict, loose, worst, compared, lost = [], [], [], 0.0, 0, 0
    for called, points in expected.items():
        if called.startswith("#"):
            continue  # Vensim's own levels inside of DELAY and SMOOTH
        if called in skip or called in CONTROL and not control:
            continue
        values = columns.get(called)
        if values is None:
            if called not in CONTROL:
                missing.append(called)
            continue
        compared += 1
        scale = scales[called.split("[")[0]] or 1.0
        position, good, near = 0, True, True
        for time, wanted in sorted(points):
            while position + 1 < len(times) and abs(times[position + 1] - time) <= abs(times[position] - time):
                position += 1
            if abs(times[position] - time) > max(slack, 1e-6 * abs(time), 1.001 * half_unit(time, printed)):
                lost += 1
                continue
            got = values[position]
            good = good and agrees(got, wanted, scale, printed, tolerance)
            near = near and agrees(got, wanted, scale, printed, 1e-3)
            if not agrees(got, wanted, scale, printed, tolerance):
                gap = abs(got - wanted) / scale
                worst = max(worst, gap if math.isfinite(gap) else math.inf)
        if not good:
            strict.append(called)
        if not near:
            loose.append(called)
    total = compared + len(missing)
    if total == 0:
        return "error: nothing to compare"
    faults = []
    if lost:
        faults.append(f"{lost} times not saved")
    if missing:
        faults.append(f"{len(missing)} of {total} variables missing, first {missing[0]}")
    if strict:
        faults.append(f"{len(strict)} of {total} variables, worst {worst:.1e}, first {(loose or strict)[0]}")
    if not faults:
        return "pass"
    return ("close: " if not (lost or missing or loose) else "differs: ") + "; ".join(faults)
