import subprocess
import sys


def test_one_thread_is_all_that_is_used() -> None:
    program = "import cv2; from kryds.reader.threads import use_one_thread as one; one(); print(cv2.getNumThreads())"

    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout == b"1\n"
