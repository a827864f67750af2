"""The cache: what it gives back is what was put in, or nothing. All content is synthetic."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookbuild import files
from bookbuild.cache import Cache
from bookbuild.errors import BookError
from bookbuild.inputs import sha256


@pytest.fixture
def cache(tmp_path) -> Cache:
    return Cache(tmp_path / "cache")


def test_a_damaged_or_lost_content_counts_as_absent_and_can_be_put_again(cache):
    digest = cache.put(b"content")
    assert cache.get(digest) == b"content"
    path = cache._object(digest)
    path.write_bytes(b"contenu")
    assert cache.get(digest) is None
    assert cache.put(b"content") == digest
    assert cache.get(digest) == b"content"
    path.unlink()
    assert not cache.holds([digest])


def test_a_result_is_found_only_while_all_its_inputs_are_as_they_were(cache):
    reads = {("file", "a", ""): "1", ("resource", "data", "b.csv"): "2"}
    cache.store("key", reads, {"notebook": "x"})
    assert cache.find("key", reads.__getitem__).value == {"notebook": "x"}
    assert cache.find("other", reads.__getitem__) is None
    for read in reads:
        assert cache.find("key", (reads | {read: "changed"}).__getitem__) is None
    # The same key with other inputs: both are kept, and going back finds the first again.
    cache.store("key", reads | {("file", "a", ""): "3"}, {"notebook": "y"})
    assert cache.find("key", reads.__getitem__).value == {"notebook": "x"}
    assert cache.find("key", (reads | {("file", "a", ""): "3"}).__getitem__).value == {"notebook": "y"}


@given(
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from("012")),
    st.fixed_dictionaries({c: st.sampled_from("012") for c in "abcd"}),
)
def test_no_state_of_the_inputs_but_the_recorded_one_is_a_hit(tmp_path_factory, recorded, now):
    cache = Cache(tmp_path_factory.mktemp("cache"))
    cache.store("key", {("file", name, ""): digest for name, digest in recorded.items()}, "value")
    found = cache.find("key", lambda read: now[read[1]])
    assert (found is not None) == all(now[name] == digest for name, digest in recorded.items())


def test_a_damaged_result_is_no_result(cache):
    cache.store("key", {}, {"notebook": "x"})
    (path,) = (cache.folder / "results" / "key").iterdir()
    path.write_text(path.read_text().replace('"x"', '"z"'))
    assert cache.find("key", lambda read: "") is None
    assert not path.exists()
    cache.set_last("task", {"parts": {}})
    (path,) = (cache.folder / "last").iterdir()
    path.write_text("{")
    assert cache.last("task") == {}


def test_builds_may_share_a_cache(cache):
    contents = [b"one", b"two"] * 50
    with ThreadPoolExecutor(8) as pool:
        digests = list(pool.map(cache.put, contents))
        list(pool.map(lambda n: cache.store("key", {("file", "a", ""): str(n % 3)}, n % 3), range(60)))
    assert [cache.get(digest) for digest in digests] == contents
    assert [cache.find("key", lambda read, n=n: str(n)).value for n in range(3)] == [0, 1, 2]
    assert not list(cache.folder.rglob(".part-*"))


def test_laid_out_files_do_not_change_the_cache_when_they_are_replaced(cache, tmp_path):
    digest = cache.put(b"page")
    cache.lay(digest, tmp_path / "site" / "page.html")
    other = tmp_path / "other"
    other.write_bytes(b"edited")
    os.replace(other, tmp_path / "site" / "page.html")
    assert cache.get(digest) == b"page"
    with pytest.raises(FileNotFoundError):
        cache.lay(sha256("never put"), tmp_path / "site" / "x.html")


def test_what_no_build_used_for_long_is_removed(cache):
    old, used, new = cache.put(b"old"), cache.put(b"used"), cache.put(b"new")
    for digest in (old, used):
        os.utime(cache._object(digest), (1, 1))
    assert cache.prune([used], days=30) == 1
    assert [cache.get(digest) for digest in (old, used, new)] == [None, b"used", b"new"]


def test_a_cache_is_for_its_user_alone_and_a_planted_one_is_not_used(tmp_path, monkeypatch):
    cache = Cache(tmp_path / "build" / "cache")
    assert not cache.folder.exists()
    cache.put(b"x")
    assert cache.folder.stat().st_mode & 0o777 == 0o700
    cache.folder.chmod(0o755)
    assert Cache(cache.folder).folder.stat().st_mode & 0o777 == 0o700
    (tmp_path / "link").symlink_to(cache.folder)
    with pytest.raises(BookError, match=r"link: a link, a file or another user's folder.*Remove it"):
        Cache(tmp_path / "link")
    planted = Cache(tmp_path / "later")
    (tmp_path / "later").symlink_to(cache.folder)
    with pytest.raises(BookError, match="a link, a file or another user's folder"):
        planted.put(b"y")
    monkeypatch.setattr(files.os, "geteuid", lambda: 12345)
    with pytest.raises(BookError, match="another user's folder"):
        Cache(cache.folder)
