"""Times whole commands: wall seconds and the peak memory of the process, several runs, minimum and median."""
import os
import pathlib
import statistics
import subprocess
import sys
import time


def timed(command, repeat, before=None, cwd=None, env=None):
    """Runs `command` `repeat` times. `before` runs outside of the time, to put the same start before every run."""
    seconds, memory = [], 0.0
    for _ in range(repeat):
        if before:
            before()
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=cwd, env=env)
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - start)
        if os.waitstatus_to_exitcode(status) != 0:
            sys.exit(f"failed: {' '.join(map(str, command))}\n{errors.decode(errors='replace')[-2000:]}")
        memory = max(memory, usage.ru_maxrss / 1024)
    return {"best_s": round(min(seconds), 4), "median_s": round(statistics.median(seconds), 4),
            "peak_mb": round(memory, 1), "runs": repeat}


def machine():
    info = pathlib.Path("/proc/cpuinfo")
    text = info.read_text() if info.exists() else ""
    models = {line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("model name")}
    return {"cpu": ", ".join(sorted(models)) or "unknown", "cores": os.cpu_count(), "load_before": os.getloadavg()[0]}
