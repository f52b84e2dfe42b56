"""Packs a folder with a built extension for VS Code into a .vsix: vsix.py FOLDER VERSION TARGET OUTPUT.

TARGET is VS Code's name of the only platform it runs on, or empty. A .vsix is a zip with the extension under
extension/, a manifest and a list of content types. The licences of the packages that are bundled, named by esbuild in
FOLDER/bundled.json, go into one file. The same files give the same bytes: they are sorted, and their time
is SOURCE_DATE_EPOCH, else the first that a zip can tell.
"""

import json
import os
import re
import sys
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

# What of the folder is packed, besides package.json; the sources and the compiler's settings stay behind.
PACKED = re.compile(
    r"(README|CHANGELOG)\.md|LICENSE|icon\.png|language-configuration\.json|syntaxes/.+\.json|dist/.+\.js|bin/.+"
)

TYPES = {
    ".json": "application/json",
    ".js": "application/javascript",
    ".md": "text/markdown",
    ".png": "image/png",
    ".txt": "text/plain",
    ".vsixmanifest": "text/xml",
}


def manifest(package, target):
    """The XML by which VS Code and its marketplace know the extension."""
    identity = {
        "Language": "en-US",
        "Id": package["name"],
        "Version": package["version"],
        "Publisher": package["publisher"],
    }
    if target:
        identity["TargetPlatform"] = target
    properties = {
        "Microsoft.VisualStudio.Code.Engine": package["engines"]["vscode"],
        "Microsoft.VisualStudio.Code.ExtensionDependencies": "",
        "Microsoft.VisualStudio.Code.ExtensionPack": "",
        "Microsoft.VisualStudio.Code.ExtensionKind": ",".join(package["extensionKind"]),
        "Microsoft.VisualStudio.Code.LocalizedLanguages": "",
        "Microsoft.VisualStudio.Services.GitHubFlavoredMarkdown": "true",
        "Microsoft.VisualStudio.Services.Branding.Color": package["galleryBanner"]["color"],
        "Microsoft.VisualStudio.Services.Branding.Theme": package["galleryBanner"]["theme"],
    }
    assets = {
        "Microsoft.VisualStudio.Code.Manifest": "package.json",
        "Microsoft.VisualStudio.Services.Content.Details": "README.md",
        "Microsoft.VisualStudio.Services.Content.Changelog": "CHANGELOG.md",
        "Microsoft.VisualStudio.Services.Content.License": "LICENSE.txt",
        "Microsoft.VisualStudio.Services.Icons.Default": package["icon"],
    }
    tags = list(package["keywords"])
    for language in package["contributes"]["languages"]:
        # By these the marketplace offers the extension to who opens such a file.
        tags += [language["id"], *("__ext_" + ending.removeprefix(".") for ending in language["extensions"])]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">',
        "  <Metadata>",
        "    <Identity " + " ".join(f"{name}={quoteattr(value)}" for name, value in identity.items()) + "/>",
        f"    <DisplayName>{escape(package['displayName'])}</DisplayName>",
        f'    <Description xml:space="preserve">{escape(package["description"])}</Description>',
        f"    <Tags>{escape(','.join(tags))}</Tags>",
        f"    <Categories>{escape(','.join(package['categories']))}</Categories>",
        "    <GalleryFlags>Public</GalleryFlags>",
        "    <License>extension/LICENSE.txt</License>",
        f"    <Icon>extension/{escape(package['icon'])}</Icon>",
        "    <Properties>",
        *(f"      <Property Id={quoteattr(name)} Value={quoteattr(value)}/>" for name, value in properties.items()),
        "    </Properties>",
        "  </Metadata>",
        "  <Installation>",
        '    <InstallationTarget Id="Microsoft.VisualStudio.Code"/>',
        "  </Installation>",
        "  <Dependencies/>",
        "  <Assets>",
        *(
            f"    <Asset Type={quoteattr(kind)} Path={quoteattr('extension/' + path)} Addressable=\"true\"/>"
            for kind, path in assets.items()
        ),
        "  </Assets>",
        "</PackageManifest>",
        "",
    ]
    return "\n".join(lines)


def content_types(names):
    """The list that says of each kind of file in the zip what it holds."""
    endings = sorted({Path(name).suffix for name in names} - {""})
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">',
            *(f'  <Default Extension="{ending}" ContentType="{TYPES[ending]}"/>' for ending in endings),
            "</Types>",
            "",
        ]
    )


def licences(folder):
    """The licences of the bundled packages, sorted by name."""
    inputs = json.loads((folder / "bundled.json").read_text(encoding="utf-8"))["inputs"]
    names = {found[1] for found in (re.match(r"node_modules/((?:@[^/]+/)?[^/]+)/", path) for path in inputs) if found}
    parts = []
    for name in sorted(names):
        package = folder / "node_modules" / name
        text = next(path for path in sorted(package.iterdir()) if path.name.lower().startswith("license"))
        version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
        parts.append(f"{name} {version}\n\n{text.read_text(encoding='utf-8').strip()}\n")
    return ("\n" + "-" * 80 + "\n\n").join(parts)


def main(folder, version, target, output):
    """Writes the .vsix."""
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    package["version"] = version
    files = {"extension/package.json": (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode()}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if PACKED.fullmatch(name) and path.is_file():
            files["extension/" + ("LICENSE.txt" if name == "LICENSE" else name)] = path.read_bytes()
    files["extension/dist/LICENSES.txt"] = licences(folder).encode()
    files["extension.vsixmanifest"] = manifest(package, target).encode()
    files["[Content_Types].xml"] = content_types(files).encode()

    moment = time.gmtime(max(int(os.environ.get("SOURCE_DATE_EPOCH", 0)), 315532800))[:6]  # zip begins with 1980
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, moment)
            entry.create_system = 3
            entry.external_attr = (0o100755 if name.startswith("extension/bin/") else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name], compresslevel=9)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4]))
