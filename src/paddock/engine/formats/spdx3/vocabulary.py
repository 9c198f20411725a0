# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The closed lists of SPDX 3.0.1, and what its relationship types mean for an inventory.

https://spdx.github.io/spdx-spec/v3.0.1/model/ (the "Vocabularies" of each profile).
"""

from paddock.engine.formats.bill.statements import Bond
from paddock.engine.model.inventory import Scope

VERSIONS = ("3.0.0", "3.0.1")
CONTEXTS = {f"https://spdx.org/rdf/{version}/spdx-context.jsonld": version for version in VERSIONS}
NO_LICENSE = "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoneLicense"
INDIVIDUALS = ("NoneElement", "NoAssertionElement", "NoneLicense", "NoAssertionLicense", "SpdxOrganization")
"""Elements that every document may name without defining them, by the last part of their IRI."""

_PRESENCE = "no noAssertion yes"
_PURPOSES = (
    "application archive bom configuration container data device deviceDriver diskImage documentation evidence "
    "executable file filesystemImage firmware framework install library manifest model module operatingSystem other "
    "patch platform requirement source specification test"
)
_ALGORITHMS = (
    "adler32 blake2b256 blake2b384 blake2b512 blake3 crystalsDilithium crystalsKyber falcon md2 md4 md5 md6 other sha1 "
    "sha224 sha256 sha384 sha3_224 sha3_256 sha3_384 sha3_512 sha512"
)

LISTS: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "AnnotationType": "other review",
        "ExternalIdentifierType": "cpe22 cpe23 cve email gitoid other packageUrl securityOther swhid swid urlScheme",
        "ExternalRefType": (
            "altDownloadLocation altWebPage binaryArtifact bower buildMeta buildSystem certificationReport chat "
            "componentAnalysisReport cwe documentation dynamicAnalysisReport eolNotice exportControlAssessment funding "
            "issueTracker license mailingList mavenCentral metrics npm nuget other privacyAssessment productMetadata "
            "purchaseOrder qualityAssessmentReport releaseHistory releaseNotes riskAssessment runtimeAnalysisReport "
            "secureSoftwareAttestation securityAdversaryModel securityAdvisory securityFix securityOther "
            "securityPenTestReport securityPolicy securityThreatModel socialMedia sourceArtifact staticAnalysisReport "
            "support vcs vulnerabilityDisclosureReport vulnerabilityExploitabilityAssessment"
        ),
        "HashAlgorithm": _ALGORITHMS,
        "LifecycleScopeType": "build design development other runtime test",
        "ProfileIdentifierType": (
            "ai build core dataset expandedLicensing extension lite security simpleLicensing software"
        ),
        "RelationshipCompleteness": "complete incomplete noAssertion",
        "RelationshipType": (
            "affects amendedBy ancestorOf availableFrom configures contains coordinatedBy copiedTo delegatedTo "
            "dependsOn descendantOf describes doesNotAffect expandsTo exploitCreatedBy fixedBy fixedIn foundBy "
            "generates "
            "hasAddedFile hasAssessmentFor hasAssociatedVulnerability hasConcludedLicense hasDataFile "
            "hasDeclaredLicense hasDeletedFile hasDependencyManifest hasDistributionArtifact hasDocumentation "
            "hasDynamicLink hasEvidence hasExample hasHost hasInput hasMetadata hasOptionalComponent "
            "hasOptionalDependency hasOutput hasPrerequisite hasProvidedDependency hasRequirement hasSpecification "
            "hasStaticLink hasTest hasTestCase hasVariant invokedBy modifiedBy other packagedBy patchedBy publishedBy "
            "reportedBy republishedBy serializedInArtifact testedOn trainedOn underInvestigationFor usesTool"
        ),
        "SupportType": "deployed development endOfSupport limitedSupport noAssertion noSupport support",
        "ContentIdentifierType": "gitoid swhid",
        "FileKindType": "directory file",
        "SbomType": "analyzed build deployed design runtime source",
        "SoftwarePurpose": _PURPOSES,
        "CvssSeverityType": "critical high low medium none",
        "ExploitCatalogType": "kev other",
        "SsvcDecisionType": "act attend track trackStar",
        "VexJustificationType": (
            "componentNotPresent inlineMitigationsAlreadyExist vulnerableCodeCannotBeControlledByAdversary "
            "vulnerableCodeNotInExecutePath vulnerableCodeNotPresent"
        ),
        "PresenceType": _PRESENCE,
        "SafetyRiskAssessmentType": "high low medium serious",
        "EnergyUnitType": "kilowattHour megajoule other",
        "ConfidentialityLevelType": "amber clear green red",
        "DatasetAvailabilityType": "clickthrough directDownload query registration scrapingScript",
        "DatasetType": (
            "audio categorical graph image noAssertion numeric other sensor structured syntactic text timeseries "
            "timestamp video"
        ),
    }.items()
}

BONDS: dict[str, tuple[Bond, Scope | None, bool]] = {
    "dependsOn": (Bond.DEPENDS, None, False),
    "hasOptionalDependency": (Bond.DEPENDS, Scope.OPTIONAL, False),
    "hasProvidedDependency": (Bond.DEPENDS, Scope.BUILD, False),
    "hasPrerequisite": (Bond.DEPENDS, None, False),
    "hasStaticLink": (Bond.DEPENDS, Scope.RUNTIME, False),
    "hasDynamicLink": (Bond.DEPENDS, Scope.RUNTIME, False),
    "usesTool": (Bond.DEPENDS, Scope.BUILD, False),
    "contains": (Bond.CONTAINS, None, False),
    "hasOptionalComponent": (Bond.CONTAINS, Scope.OPTIONAL, False),
    "packagedBy": (Bond.CONTAINS, None, True),
    "descendantOf": (Bond.DESCENDS, None, False),
    "ancestorOf": (Bond.DESCENDS, None, True),
    "copiedTo": (Bond.DESCENDS, None, True),
}
"""What a relationship type says: bond, scope, and whether its `to` is the source of the bond."""

SCOPES = {
    "runtime": Scope.RUNTIME,
    "build": Scope.BUILD,
    "development": Scope.DEV,
    "design": Scope.DEV,
    "test": Scope.TEST,
}
"""Scopes by the lifecycle scope of a relationship; "other" says nothing."""
