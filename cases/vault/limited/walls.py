"""Gives up, once and for good, every right that looking at bytes in memory does not need.

After `raise_walls` the process opens no file, starts no program, reaches no network and no other process; a short list
of system calls is left, and everything else is answered with "not permitted".
"""

import ctypes
import platform
import resource
import struct
import sys

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_GET_SECCOMP, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 21, 22, 38
_SIGKILL = 9
_FILTER_MODE = 2
_PROT_EXEC = 0x4
_CLONE_THREAD = 0x10000

_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_EPERM, _ENOSYS = 1, 38
_LOAD, _EQUAL, _BITS, _RETURN = 0x20, 0x15, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT, _THIRD_ARGUMENT = 0, 4, 16, 32

# Reading what is open already, memory, clocks, threads, signals to itself, and leaving: the numbers on either machine.
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_CALLS = {
    "read": (0, 63),
    "write": (1, 64),
    "readv": (19, 65),
    "writev": (20, 66),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "brk": (12, 214),
    "madvise": (28, 233),
    "membarrier": (324, 283),
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "gettid": (186, 178),
    "getpid": (39, 172),
    "getrandom": (318, 278),
    "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "getrusage": (98, 165),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "tgkill": (234, 131),
    "exit": (60, 93),
    "exit_group": (231, 94),
}
# Decided by an argument: no memory that can be run, no new process.
_MMAP, _MPROTECT, _CLONE, _CLONE3 = (9, 222), (10, 226), (56, 220), (435, 435)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def filter_known() -> bool:
    """Whether this machine is one whose system calls can be filtered."""
    if not sys.platform.startswith("linux") or platform.machine() not in _MACHINES:
        return False
    return bool(_prctl(_PR_GET_SECCOMP) >= 0)


def raise_walls(*, memory: int, seconds: int, threads: bool) -> bool:
    """Limit this process; True if the system calls are filtered too."""
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    if not threads:
        _limit(resource.RLIMIT_NPROC, 0)
    # The three pipes it was given, and not one file more.
    _limit(resource.RLIMIT_NOFILE, 3)
    if not filter_known():
        return False
    _prctl(_PR_SET_PDEATHSIG, _SIGKILL)
    _prctl(_PR_SET_DUMPABLE, 0)
    if _prctl(_PR_SET_NO_NEW_PRIVS, 1) != 0:
        return False
    program = _filter()
    return _prctl(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.addressof(program)) == 0


def _limit(kind: int, value: int) -> None:
    most = resource.getrlimit(kind)[1]
    value = value if most == resource.RLIM_INFINITY else min(value, most)
    resource.setrlimit(kind, (value, value))


def _prctl(option: int, first: int = 0, second: int = 0) -> int:
    call = ctypes.CDLL(None, use_errno=True).prctl
    arguments = [ctypes.c_ulong(value) for value in (first, second, 0, 0)]
    return int(call(ctypes.c_int(option), *arguments))


def _filter() -> _Program:
    column, architecture = _MACHINES[platform.machine()]
    steps = [
        _step(_LOAD, _ARCHITECTURE),
        _step(_EQUAL, architecture, then=1),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER),
    ]
    for numbers in _CALLS.values():
        steps += [_step(_EQUAL, numbers[column], otherwise=1), _step(_RETURN, _ALLOW)]
    # The C library asks for the newer call first; told that it is unknown, it takes the older one.
    steps += [_step(_EQUAL, _CLONE3[column], otherwise=1), _step(_RETURN, _ERRNO | _ENOSYS)]
    for numbers, argument, bits, if_set, if_not in (
        (_MMAP, _THIRD_ARGUMENT, _PROT_EXEC, _ERRNO | _EPERM, _ALLOW),
        (_MPROTECT, _THIRD_ARGUMENT, _PROT_EXEC, _ERRNO | _EPERM, _ALLOW),
        (_CLONE, _FIRST_ARGUMENT, _CLONE_THREAD, _ALLOW, _ERRNO | _EPERM),
    ):
        steps += [
            _step(_EQUAL, numbers[column], otherwise=4),
            _step(_LOAD, argument),
            _step(_BITS, bits, otherwise=1),
            _step(_RETURN, if_set),
            _step(_RETURN, if_not),
        ]
    steps.append(_step(_RETURN, _ERRNO | _EPERM))
    return _Program(len(steps), b"".join(steps))


def _step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)
