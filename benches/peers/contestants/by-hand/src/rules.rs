//! The thirty rules, in order.

#![allow(clippy::inconsistent_digit_grouping, reason = "a date is grouped as a date")]

use crate::declaration::{Category, Class, Country, Date, Kind, Product, Sharing};
use crate::forms::{is_address, is_number};

/// Whether each rule holds.
pub fn judge(p: &Product<'_>) -> [bool; 30] {
    [
        matches!(p.category, Category::Payment | Category::Credit | Category::Wealth),
        is_number(p.id.as_bytes()),
        is_address(p.contact.as_bytes()),
        p.operator.starts_with("Bank of "),
        p.summary.starts_with("The product "),
        p.launched_on <= p.as_of,
        p.as_of.year_before() <= p.risk.reviewed_on && p.risk.reviewed_on <= p.as_of,
        p.risk.level <= 4,
        p.risk.score < 75.5,
        p.risk.max_loss <= 20.0,
        p.users <= 5_000_000 || p.insured,
        p.daily_limit.0 <= 50_000.0,
        p.fees.iter().all(|f| f.disclosed),
        p.fees.iter().all(|f| f.rate <= 15.0),
        p.fees.iter().all(|f| f.cap.0 <= 1_000.0),
        p.items.iter().all(|i| i.class != Class::C3 || i.encrypted),
        p.items.iter().all(|i| i.class < Class::C2 || i.sharing != Sharing::Raw),
        p.items.iter().all(|i| i.retention <= 1_825),
        p.partners.iter().all(|p| p.licensed),
        p.partners.iter().all(|p| matches!(p.country, Country::Cn | Country::Hk | Country::Sg)),
        p.incidents.iter().all(|n| n.closed || n.severity < 3),
        p.controls.iter().all(|c| c.effective),
        p.controls.iter().all(|c| c.code.starts_with("CTL-")),
        p.channels.iter().any(|c| c.0 == "app" || c.0 == "web"),
        p.controls.iter().any(|c| c.kind == Kind::Preventive),
        p.controls.iter().any(|c| c.kind == Kind::Detective && c.coverage >= 50.0),
        p.partners.iter().any(|p| p.country == Country::Cn),
        p.fees.iter().any(|f| f.rate == 0.0),
        p.controls.iter().filter(|c| c.tested_on >= Date(2024_01_01)).count() >= 2,
        p.partners.iter().map(|p| p.share).sum::<f64>() <= 100.0,
    ]
}
