# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The classes of SPDX 3.0.1 with their properties: types, which must be there, and how often.

https://spdx.github.io/spdx-spec/v3.0.1/model/ . Version 3.0.0 differs only in what it does not know.
"""

from collections.abc import Mapping
from functools import cache

import msgspec

from paddock.engine.formats.spdx3.vocabulary import LISTS


class Property(msgspec.Struct, frozen=True):
    """One property. type: "text", "uri", "date", "version", "truth", "whole", "number", a list's or a class's name.

    least: how many values there must be at the least. many: whether there may be more than one (a JSON array).
    """

    type: str
    least: int = 0
    many: bool = False


# A class: its name (in parentheses when abstract), parent ("-" for none), then, on this and the indented lines below,
# its properties as name:type, with ! where one value must be there, * where there may be many, *! for at least one,
# *2 for at least two.
_TABLE = """
(Element) -
  creationInfo:CreationInfo! name:text summary:text description:text comment:text verifiedUsing:IntegrityMethod*
  externalRef:ExternalRef* externalIdentifier:ExternalIdentifier* extension:extension_Extension*
CreationInfo - specVersion:version! created:date! createdBy:Agent*! createdUsing:Tool* comment:text
(IntegrityMethod) - comment:text
Hash IntegrityMethod algorithm:HashAlgorithm! hashValue:text!
PackageVerificationCode IntegrityMethod
  algorithm:HashAlgorithm! hashValue:text! packageVerificationCodeExcludedFile:text*
ExternalIdentifier -
  externalIdentifierType:ExternalIdentifierType! identifier:text! comment:text identifierLocator:uri*
  issuingAuthority:text
ExternalRef - externalRefType:ExternalRefType locator:text* contentType:media comment:text
ExternalMap - externalSpdxId:uri! verifiedUsing:IntegrityMethod* locationHint:uri definingArtifact:Artifact
NamespaceMap - prefix:text! namespace:uri!
DictionaryEntry - key:text! value:text
PositiveIntegerRange - beginIntegerRange:whole! endIntegerRange:whole!
Agent Element
Person Agent
Organization Agent
SoftwareAgent Agent
Tool Element
IndividualElement Element
Annotation Element annotationType:AnnotationType! contentType:media statement:text subject:Element!
Relationship Element
  from:Element! to:Element*! relationshipType:RelationshipType! completeness:RelationshipCompleteness startTime:date
  endTime:date
LifecycleScopedRelationship Relationship scope:LifecycleScopeType
(Artifact) Element
  originatedBy:Agent* suppliedBy:Agent builtTime:date releaseTime:date validUntilTime:date standardName:text*
  supportLevel:SupportType*
(ElementCollection) Element element:Element* rootElement:Element* profileConformance:ProfileIdentifierType*
SpdxDocument ElementCollection
  dataLicense:simplelicensing_AnyLicenseInfo import:ExternalMap* namespaceMap:NamespaceMap*
Bundle ElementCollection context:text
Bom Bundle
software_Sbom Bom software_sbomType:SbomType*
(software_SoftwareArtifact) Artifact
  software_additionalPurpose:SoftwarePurpose* software_attributionText:text*
  software_contentIdentifier:software_ContentIdentifier* software_copyrightText:text
  software_primaryPurpose:SoftwarePurpose
software_ContentIdentifier IntegrityMethod
  software_contentIdentifierType:ContentIdentifierType! software_contentIdentifierValue:uri!
software_Package software_SoftwareArtifact
  software_downloadLocation:uri software_homePage:uri software_packageUrl:uri software_packageVersion:text
  software_sourceInfo:text
software_File software_SoftwareArtifact contentType:media software_fileKind:FileKindType
software_Snippet software_SoftwareArtifact
  software_byteRange:PositiveIntegerRange software_lineRange:PositiveIntegerRange
  software_snippetFromFile:software_File!
(simplelicensing_AnyLicenseInfo) Element
simplelicensing_LicenseExpression simplelicensing_AnyLicenseInfo
  simplelicensing_licenseExpression:text! simplelicensing_customIdToUri:DictionaryEntry*
  simplelicensing_licenseListVersion:version
simplelicensing_SimpleLicensingText Element simplelicensing_licenseText:text!
(expandedlicensing_ExtendableLicense) simplelicensing_AnyLicenseInfo
(expandedlicensing_License) expandedlicensing_ExtendableLicense
  simplelicensing_licenseText:text! expandedlicensing_isDeprecatedLicenseId:truth expandedlicensing_isFsfLibre:truth
  expandedlicensing_isOsiApproved:truth expandedlicensing_licenseXml:text expandedlicensing_obsoletedBy:text
  expandedlicensing_seeAlso:uri* expandedlicensing_standardLicenseHeader:text
  expandedlicensing_standardLicenseTemplate:text
expandedlicensing_CustomLicense expandedlicensing_License
expandedlicensing_ListedLicense expandedlicensing_License
  expandedlicensing_deprecatedVersion:text expandedlicensing_listVersionAdded:text
expandedlicensing_IndividualLicensingInfo simplelicensing_AnyLicenseInfo
expandedlicensing_ConjunctiveLicenseSet simplelicensing_AnyLicenseInfo
  expandedlicensing_member:simplelicensing_AnyLicenseInfo*2
expandedlicensing_DisjunctiveLicenseSet simplelicensing_AnyLicenseInfo
  expandedlicensing_member:simplelicensing_AnyLicenseInfo*2
expandedlicensing_OrLaterOperator expandedlicensing_ExtendableLicense
  expandedlicensing_subjectLicense:expandedlicensing_License!
expandedlicensing_WithAdditionOperator simplelicensing_AnyLicenseInfo
  expandedlicensing_subjectAddition:expandedlicensing_LicenseAddition!
  expandedlicensing_subjectExtendableLicense:expandedlicensing_ExtendableLicense!
(expandedlicensing_LicenseAddition) Element
  expandedlicensing_additionText:text! expandedlicensing_isDeprecatedAdditionId:truth
  expandedlicensing_licenseXml:text expandedlicensing_obsoletedBy:text expandedlicensing_seeAlso:uri*
  expandedlicensing_standardAdditionTemplate:text
expandedlicensing_CustomLicenseAddition expandedlicensing_LicenseAddition
expandedlicensing_ListedLicenseException expandedlicensing_LicenseAddition
  expandedlicensing_deprecatedVersion:text expandedlicensing_listVersionAdded:text
security_Vulnerability Artifact security_modifiedTime:date security_publishedTime:date security_withdrawnTime:date
(security_VulnAssessmentRelationship) Relationship
  suppliedBy:Agent security_assessedElement:Element security_modifiedTime:date security_publishedTime:date
  security_withdrawnTime:date
security_CvssV2VulnAssessmentRelationship security_VulnAssessmentRelationship
  security_score:number! security_vectorString:text!
security_CvssV3VulnAssessmentRelationship security_VulnAssessmentRelationship
  security_score:number! security_severity:CvssSeverityType! security_vectorString:text!
security_CvssV4VulnAssessmentRelationship security_VulnAssessmentRelationship
  security_score:number! security_severity:CvssSeverityType! security_vectorString:text!
security_EpssVulnAssessmentRelationship security_VulnAssessmentRelationship
  security_percentile:number! security_probability:number!
security_ExploitCatalogVulnAssessmentRelationship security_VulnAssessmentRelationship
  security_catalogType:ExploitCatalogType! security_exploited:truth! security_locator:uri!
security_SsvcVulnAssessmentRelationship security_VulnAssessmentRelationship security_decisionType:SsvcDecisionType!
(security_VexVulnAssessmentRelationship) security_VulnAssessmentRelationship
  security_statusNotes:text security_vexVersion:text
security_VexAffectedVulnAssessmentRelationship security_VexVulnAssessmentRelationship
  security_actionStatement:text security_actionStatementTime:date*
security_VexFixedVulnAssessmentRelationship security_VexVulnAssessmentRelationship
security_VexNotAffectedVulnAssessmentRelationship security_VexVulnAssessmentRelationship
  security_impactStatement:text security_impactStatementTime:date security_justificationType:VexJustificationType
security_VexUnderInvestigationVulnAssessmentRelationship security_VexVulnAssessmentRelationship
build_Build Element
  build_buildType:uri! build_buildId:text build_buildStartTime:date build_buildEndTime:date
  build_configSourceDigest:Hash* build_configSourceEntrypoint:text* build_configSourceUri:uri*
  build_environment:DictionaryEntry* build_parameter:DictionaryEntry*
ai_EnergyConsumption -
  ai_finetuningEnergyConsumption:ai_EnergyConsumptionDescription*
  ai_inferenceEnergyConsumption:ai_EnergyConsumptionDescription*
  ai_trainingEnergyConsumption:ai_EnergyConsumptionDescription*
ai_EnergyConsumptionDescription - ai_energyQuantity:number! ai_energyUnit:EnergyUnitType!
ai_AIPackage software_Package
  ai_autonomyType:PresenceType ai_domain:text* ai_energyConsumption:ai_EnergyConsumption
  ai_hyperparameter:DictionaryEntry* ai_informationAboutApplication:text ai_informationAboutTraining:text
  ai_limitation:text ai_metric:DictionaryEntry* ai_metricDecisionThreshold:DictionaryEntry*
  ai_modelDataPreprocessing:text* ai_modelExplainability:text* ai_safetyRiskAssessment:SafetyRiskAssessmentType
  ai_standardCompliance:text* ai_typeOfModel:text* ai_useSensitivePersonalInformation:PresenceType
dataset_DatasetPackage software_Package
  dataset_anonymizationMethodUsed:text* dataset_confidentialityLevel:ConfidentialityLevelType
  dataset_dataCollectionProcess:text dataset_dataPreprocessing:text*
  dataset_datasetAvailability:DatasetAvailabilityType dataset_datasetNoise:text dataset_datasetSize:whole
  dataset_datasetType:DatasetType*! dataset_datasetUpdateMechanism:text
  dataset_hasSensitivePersonalInformation:PresenceType dataset_intendedUse:text dataset_knownBias:text*
  dataset_sensor:DictionaryEntry*
(extension_Extension) -
extension_CdxPropertiesExtension extension_Extension extension_cdxProperty:extension_CdxPropertyEntry*!
extension_CdxPropertyEntry - extension_cdxPropName:text! extension_cdxPropValue:text
"""


class Class(msgspec.Struct, frozen=True):
    """A class. parent: its name, "" for none. own: the properties that it adds."""

    parent: str
    abstract: bool
    own: Mapping[str, Property]


def _class(line: str) -> tuple[str, Class]:
    name, parent, *properties = line.split()
    abstract = name.startswith("(")
    own = dict(_property(text) for text in properties)
    return name.strip("()"), Class("" if parent == "-" else parent, abstract, own)


def _property(text: str) -> tuple[str, Property]:
    name, _, kind = text.partition(":")
    least = 2 if kind.endswith("2") and "*" in kind else int(kind.endswith("!"))
    return name, Property(kind.partition("*")[0].rstrip("!"), least, "*" in kind)


CLASSES: dict[str, Class] = dict(_class(line) for line in _TABLE.strip().replace("\n  ", " ").splitlines())


@cache
def ancestry(name: str) -> tuple[str, ...]:
    """A class and those it is derived from, itself first; empty for a class that is not known."""
    found: list[str] = []
    while name in CLASSES:
        found.append(name)
        name = CLASSES[name].parent
    return tuple(found)


@cache
def properties_of(name: str) -> Mapping[str, Property]:
    """All properties of a class, its own and inherited ones."""
    return {key: value for part in reversed(ancestry(name)) for key, value in CLASSES[part].own.items()}


def is_element(name: str) -> bool:
    """Whether things of a class have an `spdxId` of their own."""
    return "Element" in ancestry(name)


def is_list(type: str) -> bool:
    """Whether a property's type is a closed list."""
    return type in LISTS
