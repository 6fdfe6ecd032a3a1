"""Run the tests of numbers as other processors round: with lower instruction sets, on one thread and on two.

python .ci/portable.py            every rounding below
python .ci/portable.py oldest     the one of that name
"""

import os
import subprocess
import sys

ROUNDINGS: dict[str, dict[str, str]] = {
    "oldest": {
        "ATEN_CPU_CAPABILITY": "default",
        "DNNL_MAX_CPU_ISA": "SSE41",
        "MKL_ENABLE_INSTRUCTIONS": "SSE4_2",
        "MKL_CBWR": "COMPATIBLE",
        "OMP_NUM_THREADS": "2",
    },
    "avx2": {
        "ATEN_CPU_CAPABILITY": "avx2",
        "DNNL_MAX_CPU_ISA": "AVX2",
        "MKL_ENABLE_INSTRUCTIONS": "AVX2",
        "MKL_CBWR": "AVX2",
        "OMP_NUM_THREADS": "1",
    },
    "this": {"OMP_NUM_THREADS": "2"},
}
"""What the libraries under torch are told: ATen's kernels, oneDNN's, MKL's, and threads. `this` is the processor's own."""


def main(names: list[str]) -> int:
    for name in names or list(ROUNDINGS):
        sys.stdout.write(f"as rounded by: {name}\n")
        sys.stdout.flush()
        command = [sys.executable, "-m", "pytest", "-q", "-m", "portable and not gpu", "-p", "no:cacheprovider"]
        done = subprocess.run(command, env=os.environ | ROUNDINGS[name], check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
