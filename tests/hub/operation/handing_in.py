# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A program that hands a bill of materials in to a running hub, for tests that let parts of it fall.

python -m tests.hub.operation.handing_in RELEASE COMPONENTS: makes product and release where there are none.
"""

import json
import os
import sys

import django


def document(components: int, mark: str) -> bytes:
    """A CycloneDX document of that many components; `mark` makes its bytes its own."""
    parts = [
        {"type": "library", "bom-ref": f"p{number}", "name": f"part-{number}", "version": "1.0.0",
         "purl": f"pkg:npm/part-{number}@1.0.0", "licenses": [{"license": {"id": "MIT"}}], "description": mark}
        for number in range(components)
    ]  # fmt: skip
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": parts}).encode()


def main(release_name: str, components: int) -> None:
    """Hand it in as the product's owner."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paddock.hub.config.settings")
    django.setup()
    from paddock.hub.accounts.models import Unit  # needs Django to be set up
    from paddock.hub.core.actor import system
    from paddock.hub.core.clock import now
    from paddock.hub.products.models import Product, Release
    from paddock.hub.products.services import create_product, create_release
    from paddock.hub.scans.services import hand_in_document

    by = system("tests")
    unit = Unit.objects.get()
    product = Product.objects.first() or create_product(actor=by, name="Radio", unit=unit, now=now())
    release = Release.objects.filter(name=release_name).first() or create_release(
        actor=by, product=product, name=release_name, now=now()
    )
    release = Release.objects.select_related("product__unit").get(pk=release.pk)
    intake = hand_in_document(
        actor=by, release=release, content=document(components, release_name), filename="bom.json", now=now()
    )
    sys.stdout.write(f"{intake.id}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
