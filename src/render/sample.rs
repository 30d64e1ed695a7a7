//! A report with something of everything, for the tests of the renderers.

use crate::ir::{Addressee, RuleKind};
use crate::report::contract::*;
use crate::source::Position;
use indexmap::IndexMap;

pub const DECLARATION: &str = r#"{
  "declaration": { "name": { "zh": "基于物联网的供应链金融", "en": "IoT" }, "status": "registered" },
  "data": {
    "items": [
      { "name": "客户身份证影像，含正反两面及手持照片", "sharing_mode": "raw", "note": "x" },
      { "name": "phone", "sharing_mode": "none" }
    ],
    "protection": { "storage_encryption": "none", "integrity_digest": null }
  }
}
"#;

fn words(en: &str, zh: &str) -> Words {
    Words { en: en.into(), zh: Some(zh.into()) }
}

fn at(line: u32, column: u32) -> Position {
    Position { line, column }
}

fn source(line: u32) -> SourcePlace {
    SourcePlace { file: "t17.policy".into(), line, column: 9 }
}

fn finding(outcome: Outcome, pointer: &str, place: Position, message: Words) -> Finding {
    Finding {
        outcome,
        pointer: pointer.into(),
        at: place,
        requirement: source(21),
        related: Vec::new(),
        message,
        remedy: None,
        values: IndexMap::new(),
        missing: Vec::new(),
        causes: Vec::new(),
        assumed: Vec::new(),
        proof: None,
        requires: "product.data.protection.storage_encryption != none".into(),
        proofs: vec![ProofField { pointer: "/data/protection/encryption_ref".into(), given: false }],
        waived_from: None,
    }
}

fn rule(id: &str, kind: RuleKind, outcome: Outcome, title: Words) -> Rule {
    Rule {
        id: id.into(),
        kind,
        title,
        outcome,
        reason: None,
        proof: None,
        argument: None,
        addressee: Addressee::Product,
        cites: vec!["3.4.3#2".into()],
        stages: Vec::new(),
        source: source(14),
        findings: Vec::new(),
        passed: 1,
        facts: format!("sha256:{}", "5f".repeat(32)),
        module: "t17".into(),
        pack: "fintech-plan".into(),
        raised_by: None,
    }
}

fn failing() -> Rule {
    let encryption = Finding {
        remedy: Some(words(
            "Encrypt the store and keep a digest of what matters; declare both.",
            "对存储加密并保留摘要；两者均应声明。",
        )),
        values: IndexMap::from([("/data/protection/storage_encryption".into(), Shown::Text("none".into()))]),
        ..finding(
            Outcome::Fail,
            "/data/protection/storage_encryption",
            at(8, 43),
            words("important data is stored under none", "重要数据的存储加密方式为none"),
        )
    };
    let digest = Finding {
        missing: vec!["/data/protection/integrity_digest".into()],
        causes: vec![Cause::Undeclared],
        ..finding(
            Outcome::Unknown,
            "/data/protection/integrity_digest",
            at(8, 71),
            words("undecided: integrity digest is not declared", "无法判定：信息摘要未声明"),
        )
    };
    Rule {
        argument: Some("B".into()),
        findings: vec![encryption, digest],
        raised_by: Some("our-bank".into()),
        ..rule(
            "T17-R7",
            RuleKind::RedLine,
            Outcome::Fail,
            words("Important information is stored encrypted, with a digest", "重要信息加密存储并有摘要"),
        )
    }
}

fn sharing() -> Rule {
    let related = |pointer: &str, line| DeclarationPlace { pointer: pointer.into(), at: at(line, 9) };
    let item = Finding {
        related: vec![
            related("/data/items/0/pfi_class", 5),
            related("/data/items/0/name", 5),
            related("/data/items/1", 6),
            related("/data/items/1/name", 6),
        ],
        values: IndexMap::from([
            ("/data/items/0/sharing_mode".into(), Shown::Text("raw".into())),
            ("/data/items/0/name".into(), Shown::Text("客户\u{202e}身份证\u{1b}[2J".into())),
        ]),
        ..finding(
            Outcome::Fail,
            "/data/items/0/sharing_mode",
            at(5, 55),
            words(
                "客户身份证\u{1b}[2J is C3 and is shared as raw",
                "客户身份证\u{1b}[2J属C3类信息，却以raw方式共享，超出了重要信息不得对外共享的要求范围之外",
            ),
        )
    };
    let total = Finding {
        causes: vec![Cause::DivisionByZero],
        ..finding(Outcome::Unknown, "/data/items", at(4, 14), words("the share has no value", "比例没有值"))
    };
    Rule {
        findings: vec![item, total],
        ..rule(
            "T17-R13",
            RuleKind::Baseline,
            Outcome::Fail,
            words("Information neither leaks nor is abused", "信息不泄露、不滥用"),
        )
    }
}

fn undecided() -> Rule {
    let logged = Finding {
        missing: vec!["/data/protection/access_logged".into()],
        causes: vec![Cause::Undeclared],
        ..finding(
            Outcome::Unknown,
            "/data/protection/access_logged",
            at(8, 19),
            words("undecided: access logged is not declared", "无法判定：使用有记录未声明"),
        )
    };
    Rule {
        findings: vec![logged],
        ..rule(
            "T17-R9",
            RuleKind::RedLine,
            Outcome::Unknown,
            words("Use is authorised and logged", "使用有授权、有记录"),
        )
    }
}

fn review() -> Rule {
    let judged = finding(
        Outcome::Review,
        "",
        at(1, 1),
        words(
            "a named reviewer judges market share, interconnection and substitutability",
            "由具名审查人判断市场份额、关联性与可替代性",
        ),
    );
    Rule {
        findings: vec![judged],
        ..rule(
            "T22-R13",
            RuleKind::RedLine,
            Outcome::Review,
            words("The product triggers no systemic risk", "不引发系统性风险"),
        )
    }
}

fn undeclared(pointer: &str, label: Words, expects: &str, rules: &[&str]) -> Undeclared {
    Undeclared {
        pointer: pointer.into(),
        at: at(8, 19),
        label,
        expects: expects.into(),
        rules: rules.iter().map(|rule| (*rule).to_owned()).collect(),
    }
}

#[expect(clippy::too_many_lines, reason = "one value with something of everything")]
pub fn report() -> Report {
    Report {
        schema: RESULT,
        engine: Engine { name: "hongxian", version: "0.1.0", language: "2026" },
        packs: vec![Pack {
            name: "fintech-plan".into(),
            version: "0.1.0".into(),
            digest: format!("sha256:{}", "0".repeat(64)),
            extends: None,
            plugins: vec![Plugin { name: "codes".into(), digest: format!("sha256:{}", "1".repeat(64)) }],
            title: words("FinTech development plan 2019–2021", "金融科技发展规划"),
            arguments: IndexMap::from([("B".into(), words("information security", "信息安全"))]),
            sources: vec![Source {
                name: "plan".into(),
                title: words("FinTech development plan 2019–2021", "金融科技发展规划"),
                default: true,
            }],
            sections: IndexMap::from([("3.4".into(), words("Prevention of risk", "风险防范"))]),
            families: vec![Family {
                title: words("Sensitive information", "敏感信息"),
                rules: vec!["T17-R7".into(), "T17-R9".into()],
            }],
        }],
        declaration: Declaration {
            line: None,
            file: "申报/产品 一.json".into(),
            digest: format!("sha256:{}", "2".repeat(64)),
            id: Some("91110000-2020-0001".into()),
            name: Some("基于物联网的供应链金融".into()),
            institution: Some("某银行".into()),
        },
        as_of: AsOf { date: "2020-05-01".into(), from: Origin::Declaration },
        stage: Some(Stage { name: "ex_ante".into(), from: Origin::Status }),
        stages: vec![
            StageName { name: "ex_ante".into(), title: words("before entry", "事前") },
            StageName { name: "ex_post".into(), title: words("afterwards", "事后") },
        ],
        filing: Filing { given: 143, of: 312 },
        modules: vec![Module {
            name: "t17".into(),
            pack: "fintech-plan".into(),
            title: words("Financial information protection", "金融信息保护"),
            code: "T17".into(),
            locator: "3.4.3".into(),
            section: Some("3.4".into()),
            outside: 1,
        }],
        parameters: vec![Parameter {
            name: "important_level".into(),
            value: Shown::Text("3".into()),
            origin: "project".into(),
            tightened_by: Some("our-bank".into()),
            module: "t17".into(),
            pack: "fintech-plan".into(),
        }],
        configuration: Some("policy.toml".into()),
        notices: vec![Notice {
            kind: NoticeKind::Lapsed,
            pack: Some("fintech-plan".into()),
            message: words(
                "the source of `fintech-plan` lapsed on 2021-12-31",
                "“fintech-plan”的依据已于2021-12-31失效",
            ),
        }],
        decision: Some(Decision::Refused),
        summary: Summary {
            pass: 1,
            fail: 2,
            unknown: 1,
            review: 1,
            not_applicable: 1,
            unproven_claims: 12,
            ..Summary::default()
        },
        rules: vec![
            failing(),
            undecided(),
            sharing(),
            Rule {
                proof: Some(Grade::SelfEvidenced),
                ..rule("T17-R1", RuleKind::Baseline, Outcome::Pass, words("Data is governed", "数据治理"))
            },
            Rule {
                reason: Some(Reason::OtherStage),
                ..rule(
                    "T17-R2",
                    RuleKind::Guidance,
                    Outcome::NotApplicable,
                    words("Complaints are counted", "投诉统计"),
                )
            },
            review(),
        ],
        undeclared: vec![
            undeclared(
                "/data/protection/integrity_digest",
                words("Integrity digest", "信息摘要"),
                "sm3 | sha256 | none",
                &["T17-R7", "T17-R13"],
            ),
            undeclared("/data/protection/access_logged", words("Use is logged", "使用有记录"), "bool", &["T17-R9"]),
            undeclared("/data/items/0/name", words("Name", "数据项"), "text", &["T17-R13"]),
        ],
        worklist: Some(Worklist {
            fields: vec![WorkField {
                pointer: "/data/protection/access_logged".into(),
                label: words("Use is logged", "使用有记录"),
                expects: "true or false".into(),
                rules: vec!["T17-R9".into()],
            }],
            settles: vec![Settles {
                rule: "T17-R9".into(),
                met: true,
                fields: vec!["/data/protection/access_logged".into()],
            }],
            open: vec!["T17-R13".into()],
        }),
        upcoming: vec![Upcoming { id: "T30-R1".into(), title: words("Later", "后续"), from: "2021-11-01".into() }],
        waivers: Waivers {
            expired: vec![Waiver {
                rule: "T17-R13".into(),
                covers: Outcome::Fail,
                scope: Some("/data/items[name=phone]".into()),
                reason: "migration under way".into(),
                control: "manual checks every day".into(),
                approver: "Li".into(),
                role: "CRO".into(),
                granted: "2019-05-01".into(),
                expires: "2020-04-30".into(),
                facts_changed: false,
            }],
            ..Waivers::default()
        },
        reviews: vec![Review {
            rule: "T22-R13".into(),
            state: ReviewState::Lapsed,
            verdict: Verdict::Positive,
            reviewer: "Wang".into(),
            role: "external expert".into(),
            date: "2020-03-01".into(),
            grounds: "small share of a large market".into(),
        }],
        warnings: vec![Warning {
            message: words("`consent_ref` leads to no evidence", "“consent_ref”没有对应的佐证"),
            place: DeclarationPlace { pointer: "/data/items/0/consent_ref".into(), at: at(5, 7) },
        }],
        pinned: Pinned::default(),
    }
}
