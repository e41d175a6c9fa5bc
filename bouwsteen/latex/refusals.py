# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Name the files that the cage keeps from a program, by following it with ptrace.

A program that is refused a file can make anything of it: without ``/etc/paperspecs`` xdvipdfmx says
"Unrecognized paper format". What Landlock refused is told to root only, from Linux 6.15 on. So a
command that failed in the cage is run there once more, and each file that it opens is looked at
(ptrace(2), "PTRACE_GET_SYSCALL_INFO"). strace could do so, but would have to be installed before
anybody misses it; of python-ptrace (GPL-2.0 only) a twentieth part would be used.

This file is also the program that does so: ``python -I refusals.py PROGRAM …``. Where ptrace is not
permitted, or the kind of machine is not one of `_CALLS`, it names nothing.
"""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TIME_LIMIT = 60  # seconds
MOST = 10  # files: a document can ask for any number

_TRACEME, _SYSCALL, _SETOPTIONS, _GET_SYSCALL_INFO = 0, 24, 0x4200, 0x420E
# tell calls from signals; follow fork, vfork and clone; tell of exec; end them all with us
_OPTIONS = 0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x100000
_BEGIN, _END = 1, 2
_CALL = signal.SIGTRAP | 0x80
_THREADS_TOO = 0x40000000
_CWD = -100
# Calls that open a file, by the kind of machine (AUDIT_ARCH) and their number: which arguments are
# the folder, the path in it, and the flags.
_CALLS: dict[tuple[int, int], tuple[int | None, int, int | None]] = {
    (0xC000003E, 257): (0, 1, 2),  # x86-64: openat
    (0xC000003E, 2): (None, 0, 1),  # open
    (0xC000003E, 59): (None, 0, None),  # execve
    (0xC00000B7, 56): (0, 1, 2),  # ARM64: openat
    (0xC00000B7, 221): (None, 0, None),  # execve
}


class _Info(ctypes.Structure):
    """The begin or the end of a call, as ``struct ptrace_syscall_info`` has it."""

    _fields_ = (
        ("moment", ctypes.c_uint8), ("machine", ctypes.c_uint32), ("pointers", ctypes.c_uint64 * 2),
        ("number", ctypes.c_int64),  # at the end: the result
        ("arguments", ctypes.c_uint64 * 6), ("rest", ctypes.c_uint64),
    )  # fmt: skip


def traced(command: Sequence[str]) -> list[str]:
    """Return the command that runs *command*, and prints each file kept from it, and a NUL."""
    return [sys.executable, "-I", str(Path(__file__).resolve()), *command]


def main(command: list[str]) -> None:
    """Run *command* without its output, and print the files."""
    signal.alarm(TIME_LIMIT)
    # Whatever a program is run for, it looks for settings and typefaces in the home folder, and the
    # cage keeps it from them on purpose. TeX itself opens no hidden file (openin_any).
    hidden = os.path.join(os.path.expanduser("~"), ".")  # noqa: PTH111, PTH118  # a Path drops it
    found: set[str] = set()
    for path in _refused(command):
        if path not in found and not path.startswith(hidden):
            found.add(path)
            sys.stdout.buffer.write(os.fsencode(path) + b"\0")
            sys.stdout.buffer.flush()
        if len(found) == MOST:
            return


def _refused(command: list[str]) -> Iterator[str]:
    """Yield each file that *command* is refused, and this process is not."""
    ptrace = ctypes.CDLL(None).ptrace
    ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
    ptrace.restype = ctypes.c_long
    if not (program := os.fork()):
        try:
            os.set_inheritable(os.dup(1), True)  # the output ends when the last of them has ended
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            if ptrace(_TRACEME, 0, None, None) == 0:
                os.execvp(command[0], command)  # noqa: S606  # no shell is wanted
        finally:
            os._exit(1)
    os.waitpid(program, 0)
    ptrace(_SETOPTIONS, program, None, _OPTIONS)
    ptrace(_SYSCALL, program, None, None)
    info, begun = _Info(), dict[int, _Info]()
    while True:
        try:
            process, status = os.waitpid(-1, _THREADS_TOO)
        except ChildProcessError:
            return
        if not os.WIFSTOPPED(status):
            continue
        stop = os.WSTOPSIG(status)
        if stop == _CALL:
            ptrace(_GET_SYSCALL_INFO, process, ctypes.sizeof(info), ctypes.byref(info))
            if info.moment == _BEGIN:
                begun[process] = _Info.from_buffer_copy(info)
            elif info.moment == _END and info.number == -errno.EACCES and process in begun:
                yield from _asked(process, begun[process])
        # what stops it because of us is no signal to it
        ours = stop in {_CALL, signal.SIGTRAP, signal.SIGSTOP}
        ptrace(_SYSCALL, process, None, None if ours else stop)


def _asked(process: int, call: _Info) -> Iterator[str]:
    """Yield the file that *call* is to read or run, if this process could."""
    folder, path, flags = _CALLS.get((call.machine, call.number), (None, None, None))
    if path is None or (flags is not None and call.arguments[flags] & os.O_ACCMODE):
        return
    at = _CWD if folder is None else ctypes.c_int(call.arguments[folder]).value
    try:
        with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
            name = os.pread(memory.fileno(), 4096, call.arguments[path]).partition(b"\0")[0]
        top = Path(f"/proc/{process}", "cwd" if at == _CWD else f"fd/{at}").readlink()
    except OSError:  # it was killed
        return
    file = top / os.fsdecode(name)
    if os.access(file, os.X_OK if flags is None else os.R_OK):
        plain = Path(os.path.normpath(file))  # another file, if a link stands before a ".."
        yield str(plain if plain.exists() and plain.samefile(file) else file)


if __name__ == "__main__":
    main(sys.argv[1:])
