//! A declaration for the plan's pack as typed structs. Long because generated, by `table --structs`.

#![allow(dead_code, reason = "it is only decoded")]
#![allow(clippy::enum_variant_names, clippy::struct_field_names, reason = "the names are the model's")]

use crate::declaration::{Amount, Date, Text};
use crate::prose::Prose;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrustedEnvironment {
    None,
    SoftwareProtected,
    Tee,
    Se,
    TeeSe,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorClass {
    Knowledge,
    Possession,
    Inherence,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StrongFactor {
    DigitalCertificate,
    ElectronicSignature,
    HardwareToken,
    None,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BiometricType {
    Face,
    Fingerprint,
    Voice,
    Iris,
    Palm,
}

#[derive(Deserialize)]
pub enum BarcodeGrade {
    #[serde(rename = "D")]
    D,
    #[serde(rename = "C")]
    C,
    #[serde(rename = "B")]
    B,
    #[serde(rename = "A")]
    A,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacePrivacy {
    CryptoIdentification,
    PrivacyComputing,
    DataLabel,
    PatternRecognition,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditInput {
    EnterpriseType,
    FinancialStatus,
    RepaymentCapacity,
    Transactions,
    Tax,
    Invoice,
    Utilities,
    SupplyChain,
    Behaviour,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProhibitedUse {
    Securities,
    RealEstateSpeculation,
    Relending,
    IllegalActivity,
    HighRiskEnterprise,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthenticityCheck {
    Contract,
    Invoice,
    Logistics,
    WarehouseReceipt,
    Iot,
    Tax,
    Customs,
    PaymentFlow,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemCategory {
    Identity,
    Property,
    Account,
    Credit,
    Transaction,
    Biometric,
    Behaviour,
    Enterprise,
    Device,
    Public,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Person,
    Enterprise,
    Device,
    Public,
}

#[derive(Deserialize)]
pub enum PfiClass {
    #[serde(rename = "C1")]
    C1,
    #[serde(rename = "C2")]
    C2,
    #[serde(rename = "C3")]
    C3,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataSource {
    FirstParty,
    Partner,
    Government,
    CreditBureau,
    Public,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegalBasis {
    Consent,
    Contract,
    LegalDuty,
    PublicInterest,
    OtherLaw,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    AccountService,
    CreditDecision,
    RiskControl,
    Marketing,
    Identity,
    Settlement,
    Statistics,
    ModelTraining,
    Other,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SharingMode {
    None,
    QueryOnly,
    Desensitised,
    PrivacyComputing,
    Raw,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CrossBorderMechanism {
    SecurityAssessment,
    StandardContract,
    Certification,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LifecycleStage {
    Collect,
    Transmit,
    Store,
    Use,
    Share,
    Delete,
    Destroy,
}

#[derive(Deserialize)]
pub enum TransportProtection {
    #[serde(rename = "tls1_3")]
    Tls13,
    #[serde(rename = "tls1_2")]
    Tls12,
    #[serde(rename = "tlcp")]
    Tlcp,
    #[serde(rename = "vpn_sm")]
    VpnSm,
    #[serde(rename = "none")]
    None,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StorageEncryption {
    Sm4,
    Aes128,
    Aes256,
    None,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntegrityDigest {
    Sm3,
    Sha256,
    None,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyCustody {
    InstitutionHsm,
    InstitutionSoftware,
    Provider,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CollectionToolKind {
    SecurityControl,
    Terminal,
    App,
    Sdk,
    IotDevice,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conclusion {
    Nonconform,
    Conditional,
    Conform,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComplaintChannel {
    Hotline,
    Web,
    App,
    Branch,
    Mail,
    SelfRegulatoryBody,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportingInterface {
    Api,
    Embedded,
    File,
    Manual,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportingItem {
    Users,
    Transactions,
    Amounts,
    Complaints,
    Incidents,
    RiskEvents,
    Balances,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conformity {
    Conform,
    Partial,
    Nonconform,
    NotApplicable,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    Policy,
    Report,
    Contract,
    Certificate,
    License,
    Minutes,
    LogSample,
    Screenshot,
    Attestation,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantRole {
    Lead,
    ScenarioProvider,
    TechProvider,
    Operator,
    DataProvider,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstitutionKind {
    Bank,
    PaymentInstitution,
    ClearingOrg,
    Insurer,
    Securities,
    Fund,
    ConsumerFinance,
    Microloan,
    Guarantee,
    PersonalCreditReference,
    EnterpriseCreditReference,
    RatingAgency,
    FintechSubsidiary,
    TechCompany,
    Association,
    Other,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicenceScope {
    Deposit,
    Loan,
    Payment,
    Acquiring,
    Clearing,
    Wealth,
    Fund,
    Securities,
    Insurance,
    Guarantee,
    CreditReferencePersonal,
    CreditReferenceEnterprise,
    Rating,
    DataService,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecruitChannel {
    Social,
    Campus,
    Adviser,
    ExpertHire,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GovernanceFunction {
    Business,
    Technology,
    Risk,
    Compliance,
    Legal,
    Data,
    Security,
    Audit,
    ConsumerProtection,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyArea {
    Product,
    Data,
    Security,
    Outsourcing,
    Emergency,
    Consumer,
    Ai,
    Change,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CooperationMode {
    InHouseIncubation,
    JointLab,
    Vendor,
    IndustryAcademia,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartnerRole {
    Tech,
    Data,
    Traffic,
    Scenario,
    Cloud,
    Clearing,
    Guarantee,
    Insurer,
    Other,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartnerAccess {
    Api,
    Sdk,
    Onsite,
    DataFeed,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Criticality {
    Ordinary,
    Important,
    Critical,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclarationType {
    FinancialService,
    TechProduct,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Draft,
    Submitted,
    PublicNotice,
    Registered,
    Testing,
    Completed,
    Launched,
    Exited,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    ExAnte,
    InProcess,
    ExPost,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Commitment {
    Truthful,
    Complete,
    Legal,
    AcceptSupervision,
    StopOnOrder,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Isolation {
    FundSegregation,
    ExposureCap,
    PartnerIsolation,
    CircuitBreaker,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecurityControl {
    Perimeter,
    Network,
    Host,
    Application,
    Data,
    Access,
    Audit,
    Malware,
    VulnerabilityMgmt,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    Cac,
    PublicSecurity,
    Miit,
    Pboc,
    Nfra,
    Csrc,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrillScenario {
    CyberAttack,
    Disaster,
    SuddenEvent,
    VendorFailure,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvaluationKind {
    LegalCompliance,
    TechnicalSecurity,
    Data,
    Algorithm,
    Ethics,
    InternalReview,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Residual {
    Low,
    Medium,
    High,
    Extreme,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compensation {
    ProvisionFund,
    Insurance,
    Guarantee,
    AdvancePayment,
    SelfFunds,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    Payment,
    Acquiring,
    Credit,
    Deposit,
    Wealth,
    Fund,
    Securities,
    Insurance,
    CreditReference,
    RiskControl,
    Identity,
    CustomerService,
    Marketing,
    Settlement,
    DataSharing,
    Other,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectDimension {
    Efficiency,
    Cost,
    Coverage,
    Inclusion,
    Risk,
    Satisfaction,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    Retail,
    Msme,
    PrivateEnterprise,
    ScitechEnterprise,
    LargeEnterprise,
    Rural,
    Remote,
    Elderly,
    Minor,
    Disabled,
    OverseasPerson,
    Government,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    MobileApp,
    Web,
    MiniProgram,
    Api,
    Sdk,
    Branch,
    SelfService,
    Pos,
    CallCenter,
    Agent,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuralSupport {
    AssistedService,
    LowBandwidth,
    OfflineMode,
    DialectVoice,
    AgentPoint,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LivelihoodScenario {
    DailyLife,
    Medical,
    Education,
    Ecommerce,
    SocialSecurity,
    Utilities,
    Transport,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseStrategy {
    Gray,
    Canary,
    Phased,
    Full,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegalNature {
    Loan,
    EntrustedLoan,
    PaymentInstruction,
    Agency,
    DataService,
    Guarantee,
    Insurance,
    Investment,
    TechnicalService,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApiAuthentication {
    MutualTls,
    Oauth2,
    Signature,
    ApiKey,
    None,
}

#[derive(Deserialize)]
pub enum ApiSecurityLevel {
    #[serde(rename = "A1")]
    A1,
    #[serde(rename = "A2")]
    A2,
}

#[derive(Deserialize)]
pub enum TechnologyKind {
    #[serde(rename = "big_data")]
    BigData,
    #[serde(rename = "cloud")]
    Cloud,
    #[serde(rename = "ai")]
    Ai,
    #[serde(rename = "distributed_db")]
    DistributedDb,
    #[serde(rename = "dlt")]
    Dlt,
    #[serde(rename = "iot")]
    Iot,
    #[serde(rename = "biometric")]
    Biometric,
    #[serde(rename = "privacy_computing")]
    PrivacyComputing,
    #[serde(rename = "tee")]
    Tee,
    #[serde(rename = "api")]
    Api,
    #[serde(rename = "mobile")]
    Mobile,
    #[serde(rename = "5g")]
    FiveG,
    #[serde(rename = "nlp")]
    Nlp,
    #[serde(rename = "image_recognition")]
    ImageRecognition,
    #[serde(rename = "graph")]
    Graph,
    #[serde(rename = "remote_sensing")]
    RemoteSensing,
    #[serde(rename = "tokenization")]
    Tokenization,
    #[serde(rename = "other")]
    Other,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Maturity {
    Research,
    PilotValidated,
    ProductionProven,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelPurpose {
    AssetManagement,
    Credit,
    CustomerService,
    Marketing,
    Identification,
    RiskControl,
    Other,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionRole {
    Advisory,
    HumanInLoop,
    Automated,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Explainability {
    None,
    Global,
    Local,
    Both,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloudDeployment {
    Private,
    FinancialCommunity,
    Public,
    Hybrid,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArchitectureMode {
    Centralised,
    Distributed,
    Coordinated,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consistency {
    Strong,
    Snapshot,
    Eventual,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerKind {
    PermissionedConsortium,
    Private,
    Public,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnchainPersonalData {
    None,
    DigestOnly,
    Encrypted,
    Plain,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity<'t> {
    pub trusted_env: Option<TrustedEnvironment>,
    #[serde(borrow)]
    pub methods: Option<Vec<AuthenticationMethod<'t>>>,
    pub factors_high_risk: Option<i64>,
    pub strong_factor: Option<StrongFactor>,
    pub kyc_sources: Option<i64>,
    pub success_rate_pct: Option<f64>,
    pub biometric: Option<Biometric>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthenticationMethod<'t> {
    #[serde(borrow)]
    pub name: Option<Text<'t>>,
    pub factor: Option<FactorClass>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Biometric {
    pub used: Option<bool>,
    pub r#type: Option<BiometricType>,
    pub liveness: Option<bool>,
    pub template_protected: Option<bool>,
    pub alternative_offered: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transactions<'t> {
    #[serde(borrow)]
    pub message_standard: Option<Text<'t>>,
    pub digital_signature: Option<bool>,
    pub trace_id: Option<bool>,
    pub retention_years: Option<f64>,
    pub confidentiality: Option<bool>,
    pub integrity_check: Option<bool>,
    pub limit_per_txn_cny: Option<Amount>,
    pub limit_per_day_cny: Option<Amount>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment<'t> {
    pub tokenised: Option<bool>,
    #[serde(borrow)]
    pub client_interface_standard: Option<Text<'t>>,
    #[serde(borrow)]
    pub clearing_org: Option<Text<'t>>,
    pub clearing_licensed: Option<bool>,
    #[serde(borrow)]
    pub barcode: Option<Barcode<'t>>,
    #[serde(borrow)]
    pub face: Option<FacePayment<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Barcode<'t> {
    pub used: Option<bool>,
    pub interoperable: Option<bool>,
    #[serde(borrow)]
    pub coding_standard: Option<Text<'t>>,
    pub risk_grade: Option<BarcodeGrade>,
    pub daily_limit_cny: Option<Amount>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacePayment<'t> {
    pub used: Option<bool>,
    pub password_or_equivalent: Option<bool>,
    pub liveness: Option<bool>,
    #[serde(borrow)]
    pub operator: Option<Text<'t>>,
    pub operator_licensed: Option<bool>,
    pub merchant_retains_raw: Option<bool>,
    pub privacy_tech: Option<Vec<FacePrivacy>>,
    pub far: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credit<'t> {
    pub model_inputs: Option<Vec<CreditInput>>,
    #[serde(borrow)]
    pub alternative_data: Option<Vec<AlternativeData<'t>>>,
    pub early_warning: Option<bool>,
    pub rating_refresh_days: Option<f64>,
    pub high_risk_blocked: Option<bool>,
    pub fund_use_monitoring: Option<bool>,
    pub prohibited_uses: Option<Vec<ProhibitedUse>>,
    pub annual_rate_pct: Option<f64>,
    #[serde(borrow)]
    pub supply_chain: Option<SupplyChain<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlternativeData<'t> {
    #[serde(borrow)]
    pub name: Option<Text<'t>>,
    pub via_licensed_bureau: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupplyChain<'t> {
    pub used: Option<bool>,
    pub authenticity_checks: Option<Vec<AuthenticityCheck>>,
    pub duplicate_financing_check: Option<bool>,
    #[serde(borrow)]
    pub core_enterprise: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditReference<'t> {
    pub used: Option<bool>,
    #[serde(borrow)]
    pub operator_license: Option<Text<'t>>,
    #[serde(borrow)]
    pub consent_ref: Option<Text<'t>>,
    pub objection_days: Option<f64>,
    #[serde(borrow)]
    pub objection_channel: Option<Text<'t>>,
    #[serde(borrow)]
    pub complaint_channel: Option<Text<'t>>,
    #[serde(borrow)]
    pub liability_ref: Option<Text<'t>>,
    pub leak_controls: Option<bool>,
    pub adverse_retention_years: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Information<'t> {
    pub none_declared: Option<bool>,
    #[serde(borrow)]
    pub items: Option<Vec<DataItem<'t>>>,
    #[serde(borrow)]
    pub governance: Option<DataGovernance<'t>>,
    #[serde(borrow)]
    pub lifecycle: Option<Lifecycle<'t>>,
    pub protection: Option<Protection>,
    #[serde(borrow)]
    pub collection_tools: Option<Vec<CollectionTool<'t>>>,
    pub leak_screening: Option<LeakScreening>,
    pub internal_audit: Option<InternalAudit>,
    #[serde(borrow)]
    pub external_assessment: Option<ExternalAssessment<'t>>,
    pub breaches: Option<Vec<Breach>>,
    #[serde(borrow)]
    pub pia_ref: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataItem<'t> {
    #[serde(borrow)]
    pub name: Option<Text<'t>>,
    pub category: Option<ItemCategory>,
    pub subject: Option<Subject>,
    pub pfi_class: Option<PfiClass>,
    pub security_level: Option<i64>,
    pub source: Option<DataSource>,
    #[serde(borrow)]
    pub source_name: Option<Text<'t>>,
    #[serde(borrow)]
    pub source_agreement_ref: Option<Text<'t>>,
    pub legal_basis: Option<LegalBasis>,
    #[serde(borrow)]
    pub consent_ref: Option<Text<'t>>,
    pub separate_consent: Option<bool>,
    pub purposes: Option<Vec<Purpose>>,
    #[serde(borrow)]
    pub necessity: Option<Prose<'t>>,
    #[serde(borrow)]
    pub dictionary_id: Option<Text<'t>>,
    pub sharing_mode: Option<SharingMode>,
    #[serde(borrow)]
    pub shared_with: Option<Vec<Text<'t>>>,
    pub retention_days: Option<f64>,
    pub cross_border: Option<bool>,
    pub cross_border_mechanism: Option<CrossBorderMechanism>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataGovernance<'t> {
    #[serde(borrow)]
    pub owner: Option<Text<'t>>,
    #[serde(borrow)]
    pub dictionary_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub platform_ref: Option<Text<'t>>,
    pub dcmm_level: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lifecycle<'t> {
    pub stages_covered: Option<Vec<LifecycleStage>>,
    #[serde(borrow)]
    pub policy_ref: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Protection {
    pub transport: Option<TransportProtection>,
    pub mutual_auth: Option<bool>,
    pub storage_encryption: Option<StorageEncryption>,
    pub integrity_digest: Option<IntegrityDigest>,
    pub key_custody: Option<KeyCustody>,
    pub access_authorised: Option<bool>,
    pub access_logged: Option<bool>,
    pub log_integrity: Option<bool>,
    pub log_retention_days: Option<f64>,
    pub masking: Option<bool>,
    pub bulk_export_control: Option<bool>,
    pub store_segregation: Option<bool>,
    pub trade_secret_controls: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollectionTool<'t> {
    pub kind: Option<CollectionToolKind>,
    #[serde(borrow)]
    pub standard_or_cert: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeakScreening {
    pub interval_months: Option<f64>,
    pub last_on: Option<Date>,
    pub open_findings: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InternalAudit {
    pub last_on: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExternalAssessment<'t> {
    pub last_on: Option<Date>,
    #[serde(borrow)]
    pub assessor: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breach {
    pub on: Option<Date>,
    pub closed_on: Option<Date>,
    pub misuse: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consumer<'t> {
    #[serde(borrow)]
    pub complaint: Option<Complaint<'t>>,
    pub suitability: Option<Suitability>,
    pub advance_compensation: Option<bool>,
    pub insurance_compensation: Option<bool>,
    #[serde(borrow)]
    pub major_incident_ref: Option<Text<'t>>,
    pub infringements_open: Option<i64>,
    #[serde(borrow)]
    pub whistleblow_channel: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Complaint<'t> {
    pub channels: Option<Vec<ComplaintChannel>>,
    #[serde(borrow)]
    pub contact: Option<Text<'t>>,
    #[serde(borrow)]
    pub owner: Option<Text<'t>>,
    pub response_days: Option<f64>,
    #[serde(borrow)]
    pub procedure_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub self_regulatory_body: Option<Text<'t>>,
    pub stats_public: Option<bool>,
    pub open_overdue: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suitability {
    pub applies: Option<bool>,
    pub customer_assessment: Option<bool>,
    pub mismatch_blocked: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supervision<'t> {
    pub reporting: Option<Reporting>,
    #[serde(borrow)]
    pub lookthrough: Option<Lookthrough<'t>>,
    pub compliance_monitoring: Option<bool>,
    #[serde(borrow)]
    pub statistics: Option<StatisticsRegistration<'t>>,
    #[serde(borrow)]
    pub certification: Option<Vec<Certification<'t>>>,
    #[serde(borrow)]
    pub public_notice: Option<PublicNotice<'t>>,
    #[serde(borrow)]
    pub test_report_ref: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reporting {
    pub interface: Option<ReportingInterface>,
    pub frequency_hours: Option<f64>,
    pub max_delay_hours: Option<f64>,
    pub reconciled: Option<bool>,
    pub items: Option<Vec<ReportingItem>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lookthrough<'t> {
    #[serde(borrow)]
    pub fund_source: Option<Prose<'t>>,
    #[serde(borrow)]
    pub nodes: Option<Vec<Prose<'t>>>,
    #[serde(borrow)]
    pub final_use: Option<Prose<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatisticsRegistration<'t> {
    pub included: Option<bool>,
    #[serde(borrow)]
    pub product_code: Option<Text<'t>>,
    #[serde(borrow)]
    pub registration_code: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certification<'t> {
    #[serde(borrow)]
    pub scheme: Option<Text<'t>>,
    #[serde(borrow)]
    pub certificate_no: Option<Text<'t>>,
    pub valid_until: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicNotice<'t> {
    #[serde(borrow)]
    pub url: Option<Text<'t>>,
    pub start_on: Option<Date>,
    pub end_on: Option<Date>,
    pub comments_open: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard<'t> {
    #[serde(borrow)]
    pub code: Option<Text<'t>>,
    pub conformity: Option<Conformity>,
    #[serde(borrow)]
    pub evidence_ref: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence<'t> {
    #[serde(borrow)]
    pub id: Option<Text<'t>>,
    pub kind: Option<EvidenceKind>,
    #[serde(borrow)]
    pub title: Option<Text<'t>>,
    #[serde(borrow)]
    pub uri: Option<Text<'t>>,
    #[serde(borrow)]
    pub sha256: Option<Text<'t>>,
    pub issued_on: Option<Date>,
    pub valid_until: Option<Date>,
    #[serde(borrow)]
    pub issuer: Option<Text<'t>>,
    pub self_issued: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applicant<'t> {
    #[serde(borrow)]
    pub name: Option<Text<'t>>,
    #[serde(borrow)]
    pub uscc: Option<Text<'t>>,
    #[serde(borrow)]
    pub lei: Option<Text<'t>>,
    pub role: Option<ApplicantRole>,
    pub kind: Option<InstitutionKind>,
    #[serde(borrow)]
    pub licenses: Option<Vec<Licence<'t>>>,
    #[serde(borrow)]
    pub parent_uscc: Option<Text<'t>>,
    #[serde(borrow)]
    pub establishment_approval_ref: Option<Text<'t>>,
    pub violations_open: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Licence<'t> {
    #[serde(borrow)]
    pub name: Option<Text<'t>>,
    #[serde(borrow)]
    pub code: Option<Text<'t>>,
    #[serde(borrow)]
    pub issuer: Option<Text<'t>>,
    pub scope: Option<Vec<LicenceScope>>,
    pub valid_until: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Institution<'t> {
    #[serde(borrow)]
    pub strategy: Option<Strategy<'t>>,
    #[serde(borrow)]
    pub disclosure: Option<Disclosure<'t>>,
    #[serde(borrow)]
    pub talent: Option<Talent<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strategy<'t> {
    #[serde(borrow)]
    pub document_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub positioning: Option<Prose<'t>>,
    #[serde(borrow)]
    pub roadmap: Option<Vec<Milestone<'t>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone<'t> {
    #[serde(borrow)]
    pub milestone: Option<Prose<'t>>,
    pub due_on: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosure<'t> {
    #[serde(borrow)]
    pub report_ref: Option<Text<'t>>,
    pub fiscal_year: Option<i64>,
    pub tech_spend_cny: Option<Amount>,
    pub tech_spend_prev_cny: Option<Amount>,
    pub tech_staff_count: Option<i64>,
    pub staff_total: Option<i64>,
    pub tech_staff_ratio_pct: Option<f64>,
    pub tech_staff_ratio_prev_pct: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Talent<'t> {
    #[serde(borrow)]
    pub demand_catalogue_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub team_plan_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub incentive_policy_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub training_plan_ref: Option<Text<'t>>,
    pub recruit_channels: Option<Vec<RecruitChannel>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Governance<'t> {
    #[serde(borrow)]
    pub roles: Option<Vec<Responsibility<'t>>>,
    #[serde(borrow)]
    pub accountable_executive: Option<Text<'t>>,
    #[serde(borrow)]
    pub policies: Option<Vec<InternalRule<'t>>>,
    pub consumer_protection_in_charter: Option<bool>,
    #[serde(borrow)]
    pub consumer_protection_ref: Option<Text<'t>>,
    pub cooperation_modes: Option<Vec<CooperationMode>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Responsibility<'t> {
    pub function: Option<GovernanceFunction>,
    #[serde(borrow)]
    pub owner: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InternalRule<'t> {
    pub area: Option<PolicyArea>,
    #[serde(borrow)]
    pub r#ref: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner<'t> {
    #[serde(borrow)]
    pub name: Option<Text<'t>>,
    #[serde(borrow)]
    pub uscc: Option<Text<'t>>,
    pub role: Option<PartnerRole>,
    pub access: Option<Vec<PartnerAccess>>,
    pub performs_licensed_activity: Option<bool>,
    #[serde(borrow)]
    pub license_code: Option<Text<'t>>,
    pub outsourcing: Option<bool>,
    pub criticality: Option<Criticality>,
    pub due_diligence_on: Option<Date>,
    #[serde(borrow)]
    pub contract: Option<PartnerContract<'t>>,
    pub security_assessment_on: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerContract<'t> {
    #[serde(borrow)]
    pub r#ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub permitted_scope: Option<Prose<'t>>,
    pub audit_right: Option<bool>,
    pub exit_clause: Option<bool>,
    pub sla: Option<bool>,
    pub subcontract_limited: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan<'t> {
    #[serde(borrow)]
    pub schema_version: Text<'t>,
    #[serde(borrow)]
    pub declaration: Option<Header<'t>>,
    #[serde(borrow)]
    pub applicants: Option<Vec<Applicant<'t>>>,
    #[serde(borrow)]
    pub institution: Option<Institution<'t>>,
    #[serde(borrow)]
    pub governance: Option<Governance<'t>>,
    #[serde(borrow)]
    pub service: Option<Service<'t>>,
    #[serde(borrow)]
    pub apis: Option<Vec<Api<'t>>>,
    #[serde(borrow)]
    pub partners: Option<Vec<Partner<'t>>>,
    #[serde(borrow)]
    pub technologies: Option<Vec<Technology<'t>>>,
    #[serde(borrow)]
    pub data: Option<Information<'t>>,
    #[serde(borrow)]
    pub ai: Option<ArtificialIntelligence<'t>>,
    #[serde(borrow)]
    pub cloud: Option<Cloud<'t>>,
    #[serde(borrow)]
    pub distributed_db: Option<DistributedDatabase<'t>>,
    #[serde(borrow)]
    pub dlt: Option<Ledger<'t>>,
    #[serde(borrow)]
    pub identity: Option<Identity<'t>>,
    #[serde(borrow)]
    pub transaction: Option<Transactions<'t>>,
    #[serde(borrow)]
    pub payment: Option<Payment<'t>>,
    #[serde(borrow)]
    pub credit: Option<Credit<'t>>,
    #[serde(borrow)]
    pub credit_reference: Option<CreditReference<'t>>,
    #[serde(borrow)]
    pub risk_control: Option<RiskControl<'t>>,
    #[serde(borrow)]
    pub cyber: Option<CyberSecurity<'t>>,
    #[serde(borrow)]
    pub evaluations: Option<Vec<Evaluation<'t>>>,
    #[serde(borrow)]
    pub risk: Option<RiskManagement<'t>>,
    #[serde(borrow)]
    pub consumer: Option<Consumer<'t>>,
    #[serde(borrow)]
    pub supervision: Option<Supervision<'t>>,
    #[serde(borrow)]
    pub standards: Option<Vec<Standard<'t>>>,
    #[serde(borrow)]
    pub evidence: Option<Vec<Evidence<'t>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header<'t> {
    #[serde(borrow)]
    pub innovation_no: Option<Text<'t>>,
    #[serde(borrow)]
    pub draft_no: Option<Text<'t>>,
    #[serde(borrow)]
    pub name: Option<Titles<'t>>,
    pub r#type: Option<DeclarationType>,
    #[serde(borrow)]
    pub version: Option<Text<'t>>,
    pub status: Status,
    pub as_of: Date,
    pub planned_operation_on: Option<Date>,
    pub test_start_on: Option<Date>,
    #[serde(borrow)]
    pub test_region: Option<Vec<Text<'t>>>,
    #[serde(borrow)]
    pub signatory: Option<Signatory<'t>>,
    pub commitments: Option<Vec<Commitment>>,
    pub change_log: Option<Vec<DeclaredChange>>,
    pub rectifications: Option<Vec<Rectification>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Titles<'t> {
    #[serde(borrow)]
    pub zh: Text<'t>,
    #[serde(borrow)]
    pub en: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatory<'t> {
    #[serde(borrow)]
    pub name: Option<Text<'t>>,
    #[serde(borrow)]
    pub title: Option<Text<'t>>,
    pub signed_on: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclaredChange {
    pub on: Option<Date>,
    pub material: Option<bool>,
    pub redeclared: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rectification {
    pub due_on: Option<Date>,
    pub closed_on: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskControl<'t> {
    #[serde(borrow)]
    pub indicators: Option<Vec<Text<'t>>>,
    #[serde(borrow)]
    pub model_ref: Option<Text<'t>>,
    pub detection_rate_pct: Option<f64>,
    pub monitoring: Option<bool>,
    #[serde(borrow)]
    pub early_intervention_ref: Option<Text<'t>>,
    pub scoring_dynamic: Option<bool>,
    pub rule_tiers: Option<i64>,
    pub embedded_in_process: Option<bool>,
    pub auto_intercept: Option<bool>,
    pub intercept_latency_ms: Option<i64>,
    pub counterfeit_monitoring: Option<bool>,
    pub takedown_hours: Option<f64>,
    #[serde(borrow)]
    pub sharing_ref: Option<Text<'t>>,
    pub isolation_measures: Option<Vec<Isolation>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CyberSecurity<'t> {
    pub mlps_level: Option<i64>,
    #[serde(borrow)]
    pub mlps_filing_no: Option<Text<'t>>,
    pub mlps_assessed_on: Option<Date>,
    pub controls: Option<Vec<SecurityControl>>,
    pub cii: Option<bool>,
    #[serde(borrow)]
    pub cii_plan_ref: Option<Text<'t>>,
    pub incident_contacts: Option<Vec<Authority>>,
    pub incident_report_hours: Option<f64>,
    #[serde(borrow)]
    pub emergency_ref: Option<Text<'t>>,
    pub last_drill_on: Option<Date>,
    pub drill_scenarios: Option<Vec<DrillScenario>>,
    pub dr: Option<DisasterRecovery>,
    pub availability_pct: Option<f64>,
    pub situational_awareness: Option<bool>,
    pub traffic_monitoring: Option<bool>,
    pub pentest_on: Option<Date>,
    pub open_critical: Option<i64>,
    pub open_high: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisasterRecovery {
    pub sites: Option<i64>,
    pub tier: Option<i64>,
    pub rto_minutes: Option<f64>,
    pub rpo_minutes: Option<f64>,
    pub max_tolerable_minutes: Option<f64>,
    pub last_drill_on: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evaluation<'t> {
    pub kind: Option<EvaluationKind>,
    #[serde(borrow)]
    pub assessor: Option<Text<'t>>,
    pub independent: Option<bool>,
    #[serde(borrow)]
    pub standards: Option<Vec<Text<'t>>>,
    pub issued_on: Option<Date>,
    pub valid_until: Option<Date>,
    pub conclusion: Option<Conclusion>,
    pub open_critical: Option<i64>,
    pub open_high: Option<i64>,
    #[serde(borrow)]
    pub report_ref: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskManagement<'t> {
    #[serde(borrow)]
    pub register: Option<Vec<RiskPoint<'t>>>,
    #[serde(borrow)]
    pub compensation: Option<CompensationPlan<'t>>,
    #[serde(borrow)]
    pub exit: Option<ExitPlan<'t>>,
    #[serde(borrow)]
    pub emergency: Option<EmergencyPlan<'t>>,
    #[serde(borrow)]
    pub trial: Option<Trial<'t>>,
    #[serde(borrow)]
    pub feedback_channel: Option<Text<'t>>,
    pub opinion_monitoring: Option<bool>,
    pub systemic: Option<SystemicFigures>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskPoint<'t> {
    #[serde(borrow)]
    pub id: Option<Text<'t>>,
    pub technology: Option<TechnologyKind>,
    #[serde(borrow)]
    pub description: Option<Prose<'t>>,
    #[serde(borrow)]
    pub control: Option<Prose<'t>>,
    pub residual: Option<Residual>,
    #[serde(borrow)]
    pub owner: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompensationPlan<'t> {
    pub mechanisms: Option<Vec<Compensation>>,
    pub provision_cny: Option<Amount>,
    pub insurance_valid_until: Option<Date>,
    pub cover_cny: Option<Amount>,
    #[serde(borrow)]
    pub liability_rule_ref: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExitPlan<'t> {
    #[serde(borrow)]
    pub r#ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub triggers: Option<Vec<Prose<'t>>>,
    pub user_notice_days: Option<f64>,
    pub data_disposal: Option<bool>,
    pub asset_return_days: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmergencyPlan<'t> {
    #[serde(borrow)]
    pub r#ref: Option<Text<'t>>,
    pub last_drill_on: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trial<'t> {
    #[serde(borrow)]
    pub tolerance_ref: Option<Text<'t>>,
    pub max_users: Option<i64>,
    pub max_amount_cny: Option<Amount>,
    pub ends_on: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemicFigures {
    pub interconnected_institutions: Option<i64>,
    pub market_share_pct: Option<f64>,
    pub substitutable: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service<'t> {
    pub category: Option<Vec<Category>>,
    #[serde(borrow)]
    pub functions: Option<Prose<'t>>,
    #[serde(borrow)]
    pub technology_summary: Option<Prose<'t>>,
    #[serde(borrow)]
    pub innovation_statement: Option<Prose<'t>>,
    #[serde(borrow)]
    pub expected_effects: Option<Vec<ExpectedEffect<'t>>>,
    pub expected_scale: Option<ExpectedScale>,
    pub segments: Option<Vec<Segment>>,
    #[serde(borrow)]
    pub hours: Option<Text<'t>>,
    #[serde(borrow)]
    pub channels: Option<Vec<Channel<'t>>>,
    #[serde(borrow)]
    pub omnichannel_plan_ref: Option<Text<'t>>,
    pub offline_alternative: Option<bool>,
    pub rural_support: Option<Vec<RuralSupport>>,
    pub livelihood_scenarios: Option<Vec<LivelihoodScenario>>,
    #[serde(borrow)]
    pub agreement: Option<Agreement<'t>>,
    pub processing_time_before_min: Option<f64>,
    pub processing_time_after_min: Option<f64>,
    #[serde(borrow)]
    pub release: Option<Release<'t>>,
    #[serde(borrow)]
    pub kpis: Option<Vec<Indicator<'t>>>,
    #[serde(borrow)]
    pub legal_relations: Option<Vec<LegalRelation<'t>>>,
    pub fees_disclosed: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedEffect<'t> {
    #[serde(borrow)]
    pub metric: Option<Text<'t>>,
    pub dimension: Option<EffectDimension>,
    pub baseline: Option<f64>,
    pub target: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedScale {
    pub users_per_year: Option<i64>,
    pub transactions_per_year: Option<i64>,
    pub amount_cny_per_year: Option<Amount>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel<'t> {
    pub kind: Option<ChannelKind>,
    #[serde(borrow)]
    pub name: Option<Text<'t>>,
    #[serde(borrow)]
    pub app_filing_no: Option<Text<'t>>,
    pub real_name_verified: Option<bool>,
    pub security_tested_on: Option<Date>,
    pub protection_monitoring: Option<bool>,
    #[serde(borrow)]
    pub info_shared_with: Option<Vec<Text<'t>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement<'t> {
    #[serde(borrow)]
    pub r#ref: Option<Text<'t>>,
    pub rights_and_duties: Option<bool>,
    pub risk_notice: Option<bool>,
    pub plain_language: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release<'t> {
    pub strategy: Option<ReleaseStrategy>,
    #[serde(borrow)]
    pub rollback_ref: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator<'t> {
    #[serde(borrow)]
    pub name: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalRelation<'t> {
    #[serde(borrow)]
    pub parties: Option<Vec<Text<'t>>>,
    pub nature: Option<LegalNature>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api<'t> {
    #[serde(borrow)]
    pub name: Option<Text<'t>>,
    #[serde(borrow)]
    pub version: Option<Text<'t>>,
    pub auth: Option<ApiAuthentication>,
    pub security_level: Option<ApiSecurityLevel>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Technology<'t> {
    pub kind: Option<TechnologyKind>,
    #[serde(borrow)]
    pub purpose: Option<Prose<'t>>,
    #[serde(borrow)]
    pub product: Option<Text<'t>>,
    #[serde(borrow)]
    pub vendor: Option<Text<'t>>,
    #[serde(borrow)]
    pub in_house_owner: Option<Text<'t>>,
    pub maturity: Option<Maturity>,
    #[serde(borrow)]
    pub applicability_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub security_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub supply_chain_ref: Option<Text<'t>>,
    pub substitute_available: Option<bool>,
    #[serde(borrow)]
    pub monitoring_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub emergency_ref: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArtificialIntelligence<'t> {
    pub used: Option<bool>,
    #[serde(borrow)]
    pub models: Option<Vec<AiModel<'t>>>,
    #[serde(borrow)]
    pub policy_assessment_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub risk_control_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub emergency_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub ethics_review_ref: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AiModel<'t> {
    #[serde(borrow)]
    pub id: Option<Text<'t>>,
    #[serde(borrow)]
    pub version: Option<Text<'t>>,
    pub purpose: Option<ModelPurpose>,
    pub decision_role: Option<DecisionRole>,
    pub affects_customer_rights: Option<bool>,
    #[serde(borrow)]
    pub risk_assessment_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub certification_ref: Option<Text<'t>>,
    pub certification_valid_until: Option<Date>,
    #[serde(borrow)]
    pub monitoring: Option<ModelMonitoring<'t>>,
    pub kill_switch: Option<bool>,
    #[serde(borrow)]
    pub rollback_version: Option<Text<'t>>,
    pub human_fallback: Option<bool>,
    #[serde(borrow)]
    pub training_data_provenance_ref: Option<Text<'t>>,
    pub explainability: Option<Explainability>,
    #[serde(borrow)]
    pub fairness_test_ref: Option<Text<'t>>,
    pub adversarial_test_on: Option<Date>,
    #[serde(borrow)]
    pub algorithm_filing_no: Option<Text<'t>>,
    pub opt_out: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelMonitoring<'t> {
    pub interval_days: Option<f64>,
    #[serde(borrow)]
    pub alert_threshold: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cloud<'t> {
    pub used: Option<bool>,
    pub deployment: Option<CloudDeployment>,
    #[serde(borrow)]
    pub provider: Option<Text<'t>>,
    #[serde(borrow)]
    pub assessment_ref: Option<Text<'t>>,
    pub assessment_conclusion: Option<Conclusion>,
    pub open_high_findings: Option<i64>,
    pub tenant_isolation: Option<bool>,
    #[serde(borrow)]
    pub exit_plan_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub data_location: Option<Text<'t>>,
    pub elastic_scaling: Option<bool>,
    pub load_test_peak_tps: Option<f64>,
    pub expected_peak_tps: Option<f64>,
    pub architecture_mode: Option<ArchitectureMode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistributedDatabase<'t> {
    pub used: Option<bool>,
    #[serde(borrow)]
    pub product: Option<Text<'t>>,
    pub consistency_model: Option<Consistency>,
    #[serde(borrow)]
    pub consistency_test_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub scenario_validation_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub migration_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub rollback_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub ops_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub pilot_stages: Option<Vec<PilotStage<'t>>>,
    #[serde(borrow)]
    pub architecture_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub security_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub dr_ref: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PilotStage<'t> {
    #[serde(borrow)]
    pub gate: Option<Prose<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger<'t> {
    pub used: Option<bool>,
    pub ledger: Option<LedgerKind>,
    #[serde(borrow)]
    pub pilot_validation_ref: Option<Text<'t>>,
    #[serde(borrow)]
    pub pilot_scope: Option<Prose<'t>>,
    pub onchain_personal_data: Option<OnchainPersonalData>,
}
