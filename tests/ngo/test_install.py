import ast
import base64
import hashlib
import sys
import zipfile
from pathlib import Path

import pytest

from ngo import install

PYTHON = sys.executable


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(install, "LOG", tmp_path / ".venv" / "install.log")
    # Making an environment with a pip of its own takes seconds: one test does.
    monkeypatch.setattr(sys, "executable", fake_python(tmp_path, ["-m venv"]))
    return tmp_path


def write_wheel(folder, version):
    """Make the smallest package that pip installs, and return the line that locks it."""
    wheel = folder / f"pebble-{version}-py3-none-any.whl"
    info = f"pebble-{version}.dist-info"
    files = {
        "pebble.py": f"version = '{version}'\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: pebble\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for name, text in files.items():
        mark = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={mark},{len(text)}\n"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            archive.writestr(name, text)
    return f"pebble=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def lock(checkout, line, name="requirements.txt"):
    (checkout / name).write_text(f"--no-index\n--find-links {checkout}\n{line}")


def installed(checkout):
    return [path.name for path in checkout.glob(".venv/lib/python3*/site-packages/pebble-*")]


def test_packages_are_installed_once_and_again_when_the_list_changes(checkout, capsys, monkeypatch):
    monkeypatch.setattr(sys, "executable", PYTHON)
    lock(checkout, write_wheel(checkout, "1.0"))
    install.main("requirements.txt")
    first = installed(checkout)
    install.main("requirements.txt")
    said = capsys.readouterr().out.count("Installing")
    lock(checkout, write_wheel(checkout, "2.0"))
    install.main("requirements.txt")

    assert (first, said, installed(checkout)) == (["pebble-1.0.dist-info"], 1, ["pebble-2.0.dist-info"])


def test_the_development_list_serves_for_the_other_one_too(checkout, capsys):
    line = write_wheel(checkout, "1.0")
    lock(checkout, line)
    lock(checkout, line, "requirements-dev.txt")

    install.main("requirements-dev.txt")
    install.main("requirements.txt")

    assert capsys.readouterr().out.count("Installing") == 1


def test_another_package_than_the_locked_one_is_refused(checkout):
    line = write_wheel(checkout, "1.0")
    lock(checkout, line[:-9] + "00000000\n")

    with pytest.raises(SystemExit, match=r"^A package is not the one that was locked[^\n]*$"):
        install.main("requirements.txt")
    assert installed(checkout) == []


def test_an_environment_whose_python_is_gone_is_made_anew(checkout):
    lock(checkout, write_wheel(checkout, "1.0"))
    install.main("requirements.txt")
    (checkout / ".venv/bin/python").unlink()

    install.main("requirements.txt")

    assert (checkout / ".venv/bin/python").exists()
    assert installed(checkout) == ["pebble-1.0.dist-info"]


def fake_python(checkout, refused):
    """A Python that fails for command lines with one of the `refused` words, as Debian's does without its parts."""
    script = checkout / "python"
    cases = "".join(f"*'{words}'*) exit 1;; " for words in refused)
    script.write_text(f'#!/bin/sh\ncase "$*" in *--without-pip*) ;; {cases} esac\nexec {PYTHON} "$@"\n')
    script.chmod(0o755)
    return str(script)


def test_without_python3_venv_the_pip_of_the_system_fills_the_environment(checkout):
    lock(checkout, write_wheel(checkout, "1.0"))

    install.main("requirements.txt")

    assert installed(checkout) == ["pebble-1.0.dist-info"]
    assert not (checkout / ".venv/bin/pip").exists()


def test_with_neither_it_says_what_to_install(checkout, monkeypatch):
    lock(checkout, write_wheel(checkout, "1.0"))
    monkeypatch.setattr(sys, "executable", fake_python(checkout, ["-m venv", "-m pip"]))

    with pytest.raises(SystemExit, match=r"install python3-venv \(apt install python3-venv\)\.$"):
        install.main("requirements.txt")


def test_a_python_that_is_too_old_says_so(checkout, monkeypatch):
    lock(checkout, write_wheel(checkout, "1.0"))
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))

    with pytest.raises(SystemExit, match=r"^Python 3.11 or newer is needed, this is 3.8.18; [^\n]*$"):
        install.main("requirements.txt")


def test_an_old_python_can_read_the_installer():
    source = Path(install.__file__).read_text(encoding="utf-8")

    tree = ast.parse(source, feature_version=(3, 6))

    hints = [
        hint
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for hint in [node.returns, *(argument.annotation for argument in node.args.args)]
    ]
    assert {type(hint) for hint in hints} <= {ast.Name, ast.Constant}


@pytest.mark.parametrize(
    ("pip_says", "we_say"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("... Temporary failure in name resolution ...", "there is no network"),
        ("NewConnectionError('<...>: Connection refused')", "the package index cannot be reached"),
        ("WARNING: ...\nERROR: something new", "ERROR: something new"),
    ],
)
def test_what_pip_says_becomes_one_sentence(checkout, pip_says, we_say):
    (checkout / ".venv").mkdir()
    command = [PYTHON, "-c", "import sys; sys.exit(sys.argv[1])", pip_says]

    with pytest.raises(install.InstallError) as refusal:
        install._run(command)

    assert we_say in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_list_is_one_sentence(checkout):
    with pytest.raises(
        SystemExit, match=r"^The packages could not be installed[^\n]*no-such-list.txt[^\n]*$"
    ):
        install.main("no-such-list.txt")
