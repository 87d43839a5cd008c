"""What reading costs when there is very much of it: pages a second, what the engine adds to a page, memory."""

import os

# As kryds itself does, before numpy is imported: threads that spin would be counted as work.
for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")
