"""The place of a site: one builder at a time, one step from old to new, mended after a crash."""

import errno
import os
import sys

import pytest

from bookbuild import site as sites
from bookbuild import swaps

MARKS = sites.Marks()


def _site(folder, text):
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(text)
    return folder


@pytest.mark.parametrize("way", ["in one step", "in two steps"])
def test_a_swap_puts_the_new_site_in_the_place_of_the_old(tmp_path, monkeypatch, way):
    if way == "in two steps":
        monkeypatch.setattr(swaps, "exchange", lambda *_: False)
    site = _site(tmp_path / "site", "old")
    with swaps.held(site) as work:
        swaps.swap(_site(work / "site", "new"), site)
    assert (site / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_first_site_needs_no_swap(tmp_path):
    with swaps.held(tmp_path / "site") as work:
        swaps.swap(_site(work / "site", "new"), tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "new"


def test_exchange_is_one_step_or_nothing(tmp_path, monkeypatch):
    first, second = _site(tmp_path / "a", "a"), _site(tmp_path / "b", "b")
    if swaps.exchange(first, second):
        assert ((first / "index.html").read_text(), (second / "index.html").read_text()) == ("b", "a")
        with pytest.raises(OSError, match="No such file"):
            swaps.exchange(first, tmp_path / "absent")
    monkeypatch.setattr(sys, "platform", "other")
    before = (first / "index.html").read_text()
    assert swaps.exchange(first, second) is False
    assert (first / "index.html").read_text() == before


def test_a_swap_cut_between_its_two_steps_by_an_error_is_mended_at_once(tmp_path, monkeypatch):
    site = _site(tmp_path / "site", "old")
    monkeypatch.setattr(swaps, "exchange", lambda *_: False)
    real = os.rename

    def fails(source, target):
        if target == site and "old" not in str(source):
            raise OSError(errno.EIO, "broken")
        real(source, target)

    monkeypatch.setattr(swaps.os, "rename", fails)
    with pytest.raises(OSError, match="broken"), swaps.held(site) as work:
        swaps.swap(_site(work / "site", "new"), site)
    assert (site / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_swap_cut_between_its_two_steps_by_a_kill_is_mended_by_the_next_build(tmp_path, monkeypatch):
    site = _site(tmp_path / "site", "old")
    child = os.fork()
    if not child:
        monkeypatch.setattr(swaps, "exchange", lambda *_: False)
        real = os.rename

        def dies(source, target):
            real(source, target)
            os.kill(os.getpid(), 9)

        monkeypatch.setattr(swaps.os, "rename", dies)
        try:
            with swaps.held(site) as work:
                swaps.swap(_site(work / "site", "new"), site)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9
    assert not site.exists()
    with swaps.held(site) as work:
        assert (site / "index.html").read_text() == "old"
        assert list(work.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_lock_goes_with_its_process_and_names_it(tmp_path):
    site = tmp_path / "site"
    with (
        swaps.held(site),
        pytest.raises(swaps.SwapError, match=rf"process {os.getpid()}, since .*another folder"),
        swaps.held(site),
    ):
        pytest.fail("two at once")
    child = os.fork()
    if not child:
        swaps._take(swaps.scratch_of(site), site, wait=False)
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    with swaps.held(site):
        pass


def test_a_manifest_tells_what_was_touched_and_is_not_believed_when_damaged(tmp_path):
    site = _site(tmp_path / "site", "front")
    _site(site / "2023-07", "page")
    names = ("index.html", "2023-07/index.html")
    files = {name: sites.sha256((site / name).read_bytes()) for name in names}
    sites.write_manifest(site, MARKS, {"2023-07": "x"}, files["index.html"], files)
    noted = sites.manifest(site, MARKS)
    assert noted["books"] == {"2023-07": "x"}
    assert sites.touched(site, noted) == set()
    os.utime(site / "index.html", (1, 1))
    assert sites.touched(site, noted) == set()
    (site / "2023-07" / "index.html").write_text("egap")
    assert sites.touched(site, noted) == {"2023-07"}
    text = (site / MARKS.manifest).read_text()
    (site / MARKS.manifest).write_text(text.replace('"x"', '"y"'))
    assert sites.manifest(site, MARKS) == {}
