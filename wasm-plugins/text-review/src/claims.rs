//! Claims: truth values by which a product says that it does what it should.

use hongxian_plugin::{Content, Node};

/// How many places a finding names besides the first.
pub const SHOWN: usize = 10;

/// The claims. Statements of fact, such as whether a technology is used, are none.
const CLAIMS: [&str; 25] = [
    "/service/agreement/rights_and_duties",
    "/service/agreement/risk_notice",
    "/service/agreement/plain_language",
    "/service/fees_disclosed",
    "/data/protection/mutual_auth",
    "/data/protection/access_authorised",
    "/data/protection/access_logged",
    "/data/protection/log_integrity",
    "/data/protection/masking",
    "/data/protection/bulk_export_control",
    "/data/protection/store_segregation",
    "/transaction/digital_signature",
    "/transaction/trace_id",
    "/transaction/confidentiality",
    "/transaction/integrity_check",
    "/risk_control/monitoring",
    "/risk_control/scoring_dynamic",
    "/risk_control/embedded_in_process",
    "/risk_control/auto_intercept",
    "/risk_control/counterfeit_monitoring",
    "/cyber/situational_awareness",
    "/cyber/traffic_monitoring",
    "/risk/opinion_monitoring",
    "/supervision/reporting/reconciled",
    "/supervision/compliance_monitoring",
];

/// The places of the claims that are made, where all of them say yes and no evidence is somebody else's; none where one
/// says no, where somebody else's evidence is there or may be.
pub fn all_yes(product: &Node) -> Option<Vec<String>> {
    if !all_self_issued(product) {
        return None;
    }
    let made = CLAIMS.iter().filter_map(|at| product.flag(at).map(|yes| yes.then(|| (*at).to_owned())));
    made.collect()
}

/// Whether all evidence is the applicant's own. Evidence that is not declared, or of which nobody says whose it is, may be
/// somebody else's.
fn all_self_issued(product: &Node) -> bool {
    matches!(product.read("/evidence"), Content::List(_))
        && product.each("/evidence").all(|each| each.flag("/self_issued") == Some(true))
}
