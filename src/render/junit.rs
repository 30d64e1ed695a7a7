//! JUnit XML, for dashboards of test results: a suite for each declaration, a case for each rule.
//!
//! What fails is a failure; what could not be decided is an error, since silence never passes; guidance, what is waived
//! and what does not apply is skipped. It is written with quick-xml as it comes: a library for JUnit wants the whole run.

use super::format::{Format, Item, Run, Writer};
use super::visible::{shorten, visible};
use super::words::{Lang, Table, fill, pick};
use crate::ir::RuleKind;
use crate::report::contract::{Finding, Outcome, Rejected, Report, Rule};
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

/// JUnit XML.
pub(super) const FORMAT: Format = Format {
    name: "junit",
    about: "JUnit XML: a suite for each declaration, a case for each rule",
    start: |run: Run| Box::new(Junit { lang: run.options.lang }),
};

struct Junit {
    lang: Lang,
}

impl Writer for Junit {
    fn begin(&self) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"hongxian\">\n".to_owned()
    }

    fn piece(&self, item: Item<'_>) -> String {
        let mut xml = Xml::new();
        match item {
            Item::Report(report, _) => suite(&mut xml, report, self.lang),
            Item::Rejected(rejected) => refused(&mut xml, rejected),
        }
        xml.text()
    }

    fn end(&self) -> String {
        "</testsuites>\n".to_owned()
    }
}

/// What a case is to those who read test results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Result {
    Passed,
    Failure,
    Error,
    Skipped,
}

const fn result(kind: RuleKind, outcome: Outcome) -> Result {
    match (kind, outcome) {
        (_, Outcome::Pass) => Result::Passed,
        (_, Outcome::Waived | Outcome::NotApplicable) | (RuleKind::Guidance, _) => Result::Skipped,
        (_, Outcome::Fail) => Result::Failure,
        (_, Outcome::Error | Outcome::Unknown | Outcome::Review) => Result::Error,
    }
}

fn suite(xml: &mut Xml, report: &Report, lang: Lang) {
    let count =
        |wanted| report.rules.iter().filter(|rule| result(rule.kind, rule.outcome) == wanted).count().to_string();
    let name = report.declaration.name.as_ref().or(report.declaration.id.as_ref());
    xml.open(
        1,
        "testsuite",
        &[
            ("name", name.unwrap_or(&report.declaration.file)),
            ("file", &report.declaration.file),
            ("tests", &report.rules.len().to_string()),
            ("failures", &count(Result::Failure)),
            ("errors", &count(Result::Error)),
            ("skipped", &count(Result::Skipped)),
        ],
    );
    properties(xml, report, lang.table());
    for rule in &report.rules {
        case(xml, report, rule, lang);
    }
    xml.close(1, "testsuite");
}

fn properties(xml: &mut Xml, report: &Report, words: &Table) {
    let packs = report.packs.iter().map(|pack| ("pack", format!("{} {} {}", pack.name, pack.version, pack.digest)));
    let about = [("decision", words.decision(report.decision).0.to_owned()), ("as_of", report.as_of.date.clone())];
    xml.open(2, "properties", &[]);
    for (name, value) in about.into_iter().chain(packs) {
        xml.empty(3, "property", &[("name", name), ("value", &value)]);
    }
    xml.close(2, "properties");
}

fn case(xml: &mut Xml, report: &Report, rule: &Rule, lang: Lang) {
    let at = rule.findings.first().map(|finding| finding.at);
    let (line, column) = at.map_or((1, 1), |at| (at.line, at.column));
    let attributes = [
        ("name", format!("{} {}", rule.id, pick(&rule.title, lang))),
        ("classname", format!("{}.{}", rule.pack, rule.module)),
        ("file", report.declaration.file.clone()),
        ("line", line.to_string()),
        ("column", column.to_string()),
    ];
    let attributes: Vec<(&str, &str)> = attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let element = match result(rule.kind, rule.outcome) {
        Result::Passed => return xml.empty(2, "testcase", &attributes),
        Result::Failure => "failure",
        Result::Error => "error",
        Result::Skipped => "skipped",
    };
    xml.open(2, "testcase", &attributes);
    let outcome = lang.table().outcome(rule.outcome, rule.kind);
    let first = rule.findings.iter().find(|finding| finding.outcome == rule.outcome);
    let why = rule.reason.map(|reason| lang.table().reason(reason).to_owned());
    let says = first.map(|finding| shorten(pick(&finding.message, lang)).into_owned()).or(why).unwrap_or_default();
    let message = fill(lang.table().item, &[&outcome, &says]);
    // The schema of those who read it knows no type of what is skipped.
    let about = [("message", message.as_str()), ("type", rule.kind.as_str())];
    let about = if element == "skipped" { about.get(..1).unwrap_or_default() } else { &about };
    if element == "skipped" {
        xml.empty(3, element, about);
    } else {
        xml.text_in(3, element, about, &details(report, rule, lang));
    }
    xml.close(2, "testcase");
}

/// Every finding that stands against a rule, with its places and its remedy.
fn details(report: &Report, rule: &Rule, lang: Lang) -> String {
    let words = lang.table();
    let against = rule.findings.iter().filter(|finding| finding.outcome < Outcome::Waived);
    let one = |finding: &Finding| {
        let mut lines = vec![
            fill(words.item, &[&words.outcome(finding.outcome, rule.kind), &shorten(pick(&finding.message, lang))]),
            format!("  {}:{}:{} {}", report.declaration.file, finding.at.line, finding.at.column, finding.pointer),
            format!(
                "  {} {}:{}:{}",
                words.rule_at, finding.requirement.file, finding.requirement.line, finding.requirement.column
            ),
            format!("  {}", fill(words.clause, &[&rule.cites.join(lang.comma())])),
        ];
        lines.extend(
            finding
                .remedy
                .iter()
                .map(|remedy| format!("  {}", fill(words.item, &[&words.remedy, &pick(remedy, lang)]))),
        );
        lines.iter().map(|line| visible(line).into_owned() + "\n").collect::<String>()
    };
    against.map(one).collect()
}

fn refused(xml: &mut Xml, rejected: &Rejected) {
    let file = rejected.declaration.file.as_str();
    xml.open(
        1,
        "testsuite",
        &[("name", file), ("file", file), ("tests", "1"), ("failures", "0"), ("errors", "1"), ("skipped", "0")],
    );
    let at = rejected.diagnostics.iter().find_map(|problem| problem.at.as_ref());
    let (line, column) = at.map_or((1, 1), |at| (at.line, at.column));
    let (line, column) = (line.to_string(), column.to_string());
    xml.open(
        2,
        "testcase",
        &[("name", "declaration"), ("classname", "declaration"), ("file", file), ("line", &line), ("column", &column)],
    );
    let lines = rejected.diagnostics.iter().map(|problem| {
        let place = problem.at.as_ref().map_or(String::new(), |at| format!("{}:{}:{}: ", at.file, at.line, at.column));
        visible(&format!("{place}{} {}", problem.code, problem.message)).into_owned() + "\n"
    });
    let first = rejected.diagnostics.first();
    let about = [
        ("message", first.map_or("", |problem| problem.message.as_str())),
        ("type", first.map_or("", |problem| problem.code)),
    ];
    xml.text_in(3, "error", &about, &lines.collect::<String>());
    xml.close(2, "testcase");
    xml.close(1, "testsuite");
}

/// XML that is being written, one element on a line.
struct Xml(quick_xml::Writer<Vec<u8>>);

impl Xml {
    fn new() -> Self {
        Self(quick_xml::Writer::new(Vec::new()))
    }

    /// A vector takes every byte.
    fn event(&mut self, event: Event<'_>) {
        let _ = self.0.write_event(event);
    }

    fn raw(&mut self, text: &str) {
        self.event(Event::Text(BytesText::from_escaped(text)));
    }

    fn tag<'n>(name: &'n str, attributes: &[(&str, &str)]) -> BytesStart<'n> {
        let mut tag = BytesStart::new(name);
        for (name, value) in attributes {
            tag.push_attribute((*name, visible(value).as_ref()));
        }
        tag
    }

    fn open(&mut self, depth: usize, name: &str, attributes: &[(&str, &str)]) {
        self.raw(&"  ".repeat(depth));
        self.event(Event::Start(Self::tag(name, attributes)));
        self.raw("\n");
    }

    fn close(&mut self, depth: usize, name: &str) {
        self.raw(&"  ".repeat(depth));
        self.event(Event::End(BytesEnd::new(name)));
        self.raw("\n");
    }

    fn empty(&mut self, depth: usize, name: &str, attributes: &[(&str, &str)]) {
        self.raw(&"  ".repeat(depth));
        self.event(Event::Empty(Self::tag(name, attributes)));
        self.raw("\n");
    }

    fn text_in(&mut self, depth: usize, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.raw(&"  ".repeat(depth));
        self.event(Event::Start(Self::tag(name, attributes)));
        self.event(Event::Text(BytesText::new(text)));
        self.event(Event::End(BytesEnd::new(name)));
        self.raw("\n");
    }

    fn text(self) -> String {
        String::from_utf8(self.0.into_inner()).unwrap_or_default()
    }
}
