# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The same small package, published in every ecosystem on a server of one's own, and the settings that lead there."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from paddock.engine.model.component import Component, Hash
from paddock.engine.model.purl import parse_purl
from tests.engine.clients.server import Server
from tests.engine.downloader.archives import gem, tar, zipped

# REUSE-IgnoreStart
SOURCE = "SPDX-License-Identifier: Apache-2.0\nSPDX-FileCopyrightText: 2020 Ada Example\n"
TEST = "SPDX-License-Identifier: GPL-3.0-only\nSPDX-FileCopyrightText: 2021 Tester\n"
# REUSE-IgnoreEnd
FILES = {"LICENSE": "The text of the licence.\n", "src/demo.c": SOURCE, "tests/demo_test.c": TEST}


@dataclass
class Published:
    """A component, and what its ecosystem's client must be set to. `files`: addresses of what is downloaded."""

    component: Component
    home: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    system: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


def below(folder: str, files: dict[str, str]) -> dict[str, str]:
    """Files as they lie in a folder of an archive."""
    return {f"{folder}/{path}": text for path, text in files.items()}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def component(purl: str, *hashes: Hash, **more: object) -> Component:
    return Component(purl=parse_purl(purl), hashes=hashes, **more)  # type: ignore[arg-type]


def pypi(server: Server) -> Published:
    sdist = tar(
        below("demo-1.0", {**FILES, "PKG-INFO": "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nLicense: MIT\n"})
    )
    wheel = zipped(below("demo", FILES))
    names = ("demo-1.0-py3-none-any.whl", "demo-1.0.tar.gz", "demo-2.0.tar.gz")
    urls = (f"../../files/{names[0]}", f"{server.url}/files/{names[1]}", "x")
    hashes = ({"sha256": sha256(wheel)}, {"sha256": sha256(sdist)}, {})
    files = [
        {"filename": name, "url": url, "hashes": known} for name, url, known in zip(names, urls, hashes, strict=True)
    ]
    server.put("/simple/demo/", json.dumps({"files": files}))
    server.put("/files/demo-1.0.tar.gz", sdist)
    server.put("/files/demo-1.0-py3-none-any.whl", wheel)
    return Published(
        component("pkg:pypi/demo@1.0"),
        environment={"PIP_INDEX_URL": f"{server.url}/simple"},
        files=["/files/demo-1.0.tar.gz"],
    )


def npm(server: Server) -> Published:
    package = tar(
        below("package", {**FILES, "package.json": '{"name": "@own/demo", "version": "1.0.0", "license": "MIT"}'})
    )
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(package).digest()).decode()
    path = "/npm/@own/demo/-/demo-1.0.0.tgz"
    manifest = {"name": "@own/demo", "dist": {"tarball": server.url + path, "integrity": integrity}}
    server.put("/npm/@own/demo/1.0.0", json.dumps(manifest))
    server.put(path, package)
    home = {".npmrc": f"@own:registry={server.url}/npm\n"}
    return Published(component("pkg:npm/%40own/demo@1.0.0"), home=home, files=[path])


POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><parent><groupId>org.own</groupId><artifactId>parent</artifactId>
<version>7</version></parent><artifactId>demo</artifactId></project>"""
PARENT = """<project><groupId>org.own</groupId><artifactId>parent</artifactId><version>7</version>
<licenses><license><name>MIT</name></license></licenses></project>"""


def maven(server: Server) -> Published:
    sources, jar = zipped(FILES), zipped({"META-INF/LICENSE": "the text", "Demo.class": "class"})
    place = "/maven/org/own/demo/1.0/demo-1.0"
    server.put(f"{place}.pom", POM)
    server.put("/maven/org/own/parent/7/parent-7.pom", PARENT)
    server.put(f"{place}-sources.jar", sources)
    server.put(f"{place}-sources.jar.sha1", hashlib.sha1(sources).hexdigest())  # noqa: S324
    server.put(f"{place}.jar", jar)
    server.put(f"{place}.jar.sha256", f"{sha256(jar)}  demo-1.0.jar\n")
    mirror = f"<mirrors><mirror><id>m</id><url>{server.url}/maven</url><mirrorOf>*</mirrorOf></mirror></mirrors>"
    return Published(
        component("pkg:maven/org.own/demo@1.0"),
        home={".m2/settings.xml": f"<settings>{mirror}</settings>"},
        files=[f"{place}-sources.jar"],
    )


def golang(server: Server) -> Published:
    files = {**FILES, "go.mod": "module example.org/Own/demo\n"}
    module = zipped(below("example.org/Own/demo@v1.0.0", files))
    path = "/go/example.org/!own/demo/@v/v1.0.0.zip"
    server.put(path, module)
    lines = "".join(
        f"{sha256(text.encode())}  example.org/Own/demo@v1.0.0/{name}\n" for name, text in sorted(files.items())
    )
    h1 = "h1:" + base64.b64encode(hashlib.sha256(lines.encode()).digest()).decode()
    return Published(
        component("pkg:golang/example.org/Own/demo@1.0.0", properties=(("go:h1", h1),)),
        environment={"GOPROXY": f"{server.url}/none,{server.url}/go,direct"},
        files=[path],
    )


def cargo(server: Server) -> Published:
    crate = tar(
        below("demo-1.0.0", {**FILES, "Cargo.toml": '[package]\nname = "demo"\nversion = "1.0.0"\nlicense = "MIT"\n'})
    )
    server.put("/index/config.json", json.dumps({"dl": f"{server.url}/dl/{{lowerprefix}}/{{crate}}/{{version}}"}))
    entries = [{"name": "demo", "vers": version, "cksum": sha256(crate)} for version in ("0.9.0", "1.0.0")]
    server.put("/index/de/mo/demo", "\n".join(map(json.dumps, entries)))
    server.put("/dl/de/mo/demo/1.0.0", crate)
    config = f'[source.crates-io]\nreplace-with = "own"\n[source.own]\nregistry = "sparse+{server.url}/index/"\n'
    return Published(
        component("pkg:cargo/demo@1.0.0"), home={".cargo/config.toml": config}, files=["/dl/de/mo/demo/1.0.0"]
    )


def rubygems(server: Server) -> Published:
    package = gem(FILES, "--- !ruby/object:Gem::Specification\nname: demo\nlicenses:\n- MIT\nmetadata: {}\n")
    server.put("/gems/demo-1.0.0.gem", package)
    server.put("/info/demo", f"---\n0.9.0 |checksum:{'0' * 64}\n1.0.0 a:>= 1|checksum:{sha256(package)},ruby:>= 3\n")
    return Published(
        component("pkg:gem/demo@1.0.0"),
        home={".gemrc": f":sources:\n- {server.url}/\n"},
        files=["/gems/demo-1.0.0.gem"],
    )


def composer(server: Server) -> Published:
    package = zipped(below("own-demo-abc", {**FILES, "composer.json": '{"name": "own/demo", "license": "MIT"}'}))
    server.put("/packages.json", json.dumps({"metadata-url": "/p2/%package%.json"}))
    dist = {"type": "zip", "url": f"{server.url}/dist/demo.zip", "shasum": hashlib.sha1(package).hexdigest()}  # noqa: S324
    versions = [
        {"name": "own/demo", "version": "v2.0.0", "license": ["MIT"], "dist": {"url": "https://elsewhere.example/x"}},
        {"version": "v1.0.0", "dist": dist},
    ]
    server.put("/p2/own/demo.json", json.dumps({"minified": "composer/2.0", "packages": {"own/demo": versions}}))
    server.put("/dist/demo.zip", package)
    config = json.dumps({"repositories": {"own": {"type": "composer", "url": server.url}, "packagist": False}})
    return Published(
        component("pkg:composer/own/demo@1.0.0"),
        home={".config/composer/config.json": config},
        files=["/dist/demo.zip"],
    )


def nuget(server: Server) -> Published:
    nuspec = '<package><metadata><id>Own.Demo</id><license type="expression">MIT</license></metadata></package>'
    package = zipped({**FILES, "Own.Demo.nuspec": nuspec})
    index = {"version": "3.0.0", "resources": [{"@type": "PackageBaseAddress/3.0.0", "@id": f"{server.url}/flat/"}]}
    server.put("/v3/index.json", json.dumps(index))
    path = "/flat/own.demo/1.0.0/own.demo.1.0.0.nupkg"
    server.put(path, package)
    source = f'<add key="own" value="{server.url}/v3/index.json"/>'
    config = f"<configuration><packageSources>{source}</packageSources></configuration>"
    return Published(
        component("pkg:nuget/Own.Demo@1.0", Hash("sha512", hashlib.sha512(package).hexdigest())),
        home={".nuget/NuGet/NuGet.Config": config},
        files=[path],
    )


def debian(server: Server) -> Published:
    upstream = tar(below("demo-1.0", FILES), mode="w:xz")
    copyright = "Format: x\n\nFiles: *\nCopyright: 2020 A\nLicense: MIT\n"
    packaging = tar({"debian/copyright": copyright, "debian/control": "Source: libdemo\n"}, mode="w:xz")
    place = "/debian/pool/main/libd/libdemo"
    server.put(f"{place}/libdemo_1.0.orig.tar.xz", upstream)
    server.put(f"{place}/libdemo_1.0-2.debian.tar.xz", packaging)
    dsc = f"""-----BEGIN PGP SIGNED MESSAGE-----

Format: 3.0 (quilt)
Source: libdemo
Checksums-Sha256:
 {sha256(upstream)} {len(upstream)} libdemo_1.0.orig.tar.xz
 {"0" * 64} 10 libdemo_1.0.orig.tar.xz.asc
 {sha256(packaging)} {len(packaging)} libdemo_1.0-2.debian.tar.xz
Files:
 {"0" * 32} 10 other.tar.xz
"""
    server.put(f"{place}/libdemo_1.0-2.dsc", dsc)
    return Published(
        component("pkg:deb/debian/demo-bin@1:1.0-2%2Bb1?arch=amd64&upstream=libdemo"),
        system={"etc/apt/sources.list": f"deb {server.url}/debian x main contrib\n"},
        files=[f"{place}/libdemo_1.0.orig.tar.xz", f"{place}/libdemo_1.0-2.debian.tar.xz"],
    )


ECOSYSTEMS: dict[str, Callable[[Server], Published]] = {
    "cargo": cargo,
    "composer": composer,
    "deb": debian,
    "gem": rubygems,
    "golang": golang,
    "maven": maven,
    "npm": npm,
    "nuget": nuget,
    "pypi": pypi,
}
