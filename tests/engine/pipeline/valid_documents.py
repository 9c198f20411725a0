# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""One small valid file of many formats, each with one package called "lib" in version 1.2.3: to be cut and mixed."""

DIGEST = "ab" * 32
SRI = "sha512-" + "A" * 86 + "=="

DOCUMENTS: dict[str, str] = {
    "package-lock.json": '{"name": "w", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "w",'
    '"dependencies": {"lib": "^1"}}, "node_modules/lib": {"version": "1.2.3", "integrity": "' + SRI + '"}}}',
    "npm-shrinkwrap.json": '{"name": "w", "lockfileVersion": 1, "dependencies": {"lib": {"version": "1.2.3",'
    '"requires": {"other": "1"}, "dependencies": {"other": {"version": "1.0.0"}}}}}',
    "yarn.lock": '# yarn lockfile v1\n\n\nlib@^1:\n  version "1.2.3"\n  resolved '
    '"https://example.org/lib-1.2.3.tgz#ab"\n'
    f'  integrity {SRI}\n  dependencies:\n    other "1"\n\nother@1:\n  version "1.0.0"\n',
    "pnpm-lock.yaml": "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      lib:\n"
    "        specifier: ^1\n        version: 1.2.3\npackages:\n  lib@1.2.3:\n    resolution: {integrity: "
    f"{SRI}}}\nsnapshots:\n  lib@1.2.3: {{}}\n",
    "bun.lock": '{"lockfileVersion": 1, "workspaces": {"": {"name": "w", "dependencies": {"lib": "^1"}}},'
    f'"packages": {{"lib": ["lib@1.2.3", "", {{}}, "{SRI}"],}},}}',
    "deno.lock": '{"version": "4", "specifiers": {"npm:lib@1": "1.2.3"}, "npm": {"lib@1.2.3": {"integrity": "'
    f'{SRI}"}}}}}}',
    "package.json": '{"name": "w", "version": "1.0.0", "license": "MIT", "dependencies": {"lib": "1.2.3"}}',
    "node_modules/lib/package.json": '{"name": "lib", "version": "1.2.3", "license": "MIT"}',
    "requirements.txt": f"lib==1.2.3 --hash=sha256:{DIGEST}\n-r more.txt\nother>=1 ; python_version > '3'\n",
    "Pipfile.lock": '{"_meta": {"sources": []}, "default": {"lib": {"version": "==1.2.3", "hashes": ["sha256:'
    f'{DIGEST}"]}}}}, "develop": {{}}}}',
    "poetry.lock": '[[package]]\nname = "lib"\nversion = "1.2.3"\noptional = false\nfiles = [{file = '
    '"lib.whl", hash = '
    f'"sha256:{DIGEST}"}}]\n\n[metadata]\nlock-version = "2.0"\npython-versions = "*"\n',
    "pdm.lock": '[metadata]\nlock_version = "4.5"\n[[package]]\nname = "lib"\nversion = "1.2.3"\ngroups = '
    '["default"]\n',
    "uv.lock": 'version = 1\n[[package]]\nname = "w"\nversion = "1.0"\nsource = { virtual = "." }\n'
    'dependencies = [{ name = "lib" }]\n[[package]]\nname = "lib"\nversion = "1.2.3"\n'
    'source = { registry = "https://example.org/simple" }\n',
    "pylock.toml": 'lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "lib"\nversion = "1.2.3"\n',
    "pyproject.toml": '[project]\nname = "w"\nversion = "1.0"\ndependencies = ["lib==1.2.3"]\nlicense = "MIT"\n',
    "setup.cfg": "[metadata]\nname = w\n[options]\ninstall_requires =\n    lib==1.2.3\n",
    "setup.py": "from setuptools import setup\nsetup(name='w', version='1', install_requires=['lib==1.2.3'])\n",
    "site/lib-1.2.3.dist-info/METADATA": "Metadata-Version: 2.1\nName: lib\nVersion: 1.2.3\nLicense: MIT\n",
    "pom.xml": '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
    "<groupId>g</groupId><artifactId>w</artifactId><version>1</version><dependencies><dependency>"
    "<groupId>g</groupId><artifactId>lib</artifactId><version>1.2.3</version></dependency></dependencies></project>",
    "gradle.lockfile": "# This is a Gradle generated file\ng:lib:1.2.3=compileClasspath,runtimeClasspath\nempty=\n",
    "gradle/libs.versions.toml": '[versions]\nlib = "1.2.3"\n[libraries]\nlib = { module = "g:lib", version'
    '.ref = "lib" }\n',
    "build.sbt.lock": '{"lockVersion": 1, "timestamp": "2026-01-01T00:00:00Z", "configurations": ["compile"],'
    '"dependencies": [{"org": "g", "name": "lib", "version": "1.2.3", "artifacts": [], "configurations": '
    '["compile"]}]}',
    "go.mod": "module example.org/w\n\ngo 1.21\n\nrequire (\n\texample.org/lib v1.2.3\n\texample.org/o "
    "v1.0.0 // indirect\n)\n",
    "go.sum": "example.org/lib v1.2.3 h1:" + "A" * 43 + "=\nexample.org/lib v1.2.3/go.mod h1:" + "A" * 43 + "=\n",
    "vendor/modules.txt": "# example.org/lib v1.2.3\n## explicit\nexample.org/lib\n",
    "Cargo.lock": 'version = 3\n\n[[package]]\nname = "w"\nversion = "1.0.0"\ndependencies = ["lib"]\n\n[[package]]\n'
    f'name = "lib"\nversion = "1.2.3"\nsource = "registry+https://example.org/index"\nchecksum = "{DIGEST}"\n',
    "Cargo.toml": '[package]\nname = "w"\nversion = "1.0.0"\nlicense = "MIT"\n[dependencies]\nlib = "=1.2.3"\n',
    "Gemfile.lock": "GEM\n  remote: https://example.org/\n  specs:\n    lib (1.2.3)\n      other (>= 1)\n   "
    " other (1.0)\n\n"
    "PLATFORMS\n  ruby\n\nDEPENDENCIES\n  lib\n",
    "Gemfile": "source 'https://example.org'\ngem 'lib', '1.2.3'\n",
    "w.gemspec": "Gem::Specification.new do |s|\n  s.name = 'w'\n  s.version = '1'\n  s.add_dependency "
    "'lib', '1.2.3'\nend\n",
    "composer.lock": '{"packages": [{"name": "g/lib", "version": "1.2.3", "license": ["MIT"]}], "packages-dev": []}',
    "composer.json": '{"name": "g/w", "require": {"g/lib": "1.2.3"}}',
    "packages.lock.json": '{"version": 1, "dependencies": {"net8.0": {"Lib": {"type": "Direct", '
    '"requested": "[1.2.3, )",'
    '"resolved": "1.2.3", "contentHash": "AAAA"}}}}',
    "packages.config": '<packages><package id="Lib" version="1.2.3" targetFramework="net48" /></packages>',
    "w.csproj": '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="Lib" Version="1.2.3" />'
    "</ItemGroup></Project>",
    "w.deps.json": '{"runtimeTarget": {"name": "n"}, "targets": {"n": {"Lib/1.2.3": {}}}, "libraries": {"Lib/1.2.3": '
    '{"type": "package", "serviceable": true, "sha512": ""}}}',
    "paket.lock": "NUGET\n  remote: https://example.org/v3/index.json\n    Lib (1.2.3)\n      Other (>= "
    "1.0)\n    Other (1.0)\n",
    "pubspec.lock": "packages:\n  lib:\n    dependency: direct main\n    description: {name: lib, url: "
    "'https://example.org'}\n"
    "    source: hosted\n    version: '1.2.3'\n",
    "Package.resolved": '{"version": 2, "pins": [{"identity": "lib", "kind": "remoteSourceControl", "location": '
    '"https://example.org/g/lib.git", "state": {"revision": "' + "a" * 40 + '", "version": "1.2.3"}}]}',
    "Podfile.lock": "PODS:\n  - lib (1.2.3)\n\nDEPENDENCIES:\n  - lib (= 1.2.3)\n\nSPEC CHECKSUMS:\n  lib: "
    + "ab" * 20
    + "\n\nCOCOAPODS: 1.15.0\n",
    "mix.lock": '%{\n  "lib": {:hex, :lib, "1.2.3", "' + DIGEST + '", [:mix], [], "hexpm", "' + DIGEST + '"},\n}\n',
    "rebar.lock": '{"1.2.0",\n[{<<"lib">>,{pkg,<<"lib">>,<<"1.2.3">>},0}]}.\n[\n{pkg_hash,[\n {<<"lib">>, '
    '<<"AB">>}]}\n].\n',
    "cabal.project.freeze": "active-repositories: example.org:merge\nconstraints: any.lib ==1.2.3,\n        "
    "     any.o ==1.0\n",
    "stack.yaml.lock": f"packages:\n- completed:\n    hackage: lib-1.2.3@sha256:{DIGEST},10\n  original:\n"
    "    hackage: lib-1.2.3\nsnapshots: []\n",
    "renv.lock": '{"R": {"Version": "4.3.0"}, "Packages": {"lib": {"Package": "lib", "Version": "1.2.3", '
    '"Source": "Repository"}}}',
    "Manifest.toml": 'julia_version = "1.10"\nmanifest_format = "2.0"\n[[deps.lib]]\nuuid = '
    '"682c06a0-de6a-54ab-a142-c8b1cf79cde6"\nversion = "1.2.3"\n',
    "conda-lock.yml": "version: 1\nmetadata: {}\npackage:\n- name: lib\n  version: 1.2.3\n  manager: conda\n"
    "  platform: linux-64\n"
    f"  url: https://example.org/c/linux-64/lib-1.2.3-0.conda\n  hash: {{sha256: {DIGEST}}}\n  dependencies: {{}}\n",
    "environment.yml": "name: w\nchannels: [conda-forge]\ndependencies:\n  - lib=1.2.3=0\n  - pip:\n    - "
    "other==1.0\n",
    "conda-meta/lib-1.2.3-0.json": '{"name": "lib", "version": "1.2.3", "build": "0", "depends": []}',
    "cpanfile.snapshot": "# carton snapshot format: version 1.0\nDISTRIBUTIONS\n  lib-1.2.3\n    pathname: "
    "A/AB/ABC/lib-1.2.3.tar.gz\n"
    "    provides:\n      lib 1.2.3\n    requirements:\n      perl 5.008\n",
    "conan.lock": '{"version": "0.5", "requires": ["lib/1.2.3#' + "a" * 32 + '%1.0"], "build_requires": []}',
    "conanfile.txt": "[requires]\nlib/1.2.3\n",
    "vcpkg.json": '{"name": "w", "version": "1.0", "dependencies": ["lib"], "overrides": [{"name": "lib", '
    '"version": "1.2.3"}]}',
    "west.yml": "manifest:\n  projects:\n    - name: lib\n      url: https://example.org/lib\n      revision"
    ": v1.2.3\n",
    ".gitmodules": '[submodule "lib"]\n\tpath = lib\n\turl = https://example.org/g/lib.git\n',
    "CMakeLists.txt": "FetchContent_Declare(lib GIT_REPOSITORY https://example.org/g/lib.git GIT_TAG v1.2.3)\n",
    "var/lib/dpkg/status": "Package: lib\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.2.3\n\n",
    "lib/apk/db/installed": "P:lib\nV:1.2.3\nA:x86_64\nL:MIT\n\n",
    ".github/workflows/ci.yml": "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: g/lib@v1.2.3\n",
    "bom.cdx.json": '{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [{"type": '
    '"library",'
    '"name": "lib", "version": "1.2.3", "purl": "pkg:npm/lib@1.2.3", "licenses": [{"license": {"id": "MIT"}}]}]}',
    "x.spdx": "SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: SPDXRef-DOCUMENT\nDocumentName: x\n"
    "DocumentNamespace: https://example.org/x\nCreator: Tool: x\nCreated: 2026-01-01T00:00:00Z\n\n"
    "PackageName: lib\nSPDXID: SPDXRef-lib\nPackageVersion: 1.2.3\nPackageDownloadLocation: NOASSERTION\n"
    "ExternalRef: PACKAGE-MANAGER purl pkg:npm/lib@1.2.3\nRelationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-lib\n",
}  # fmt: skip
"""Path -> text."""
