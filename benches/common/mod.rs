//! What is measured: thirty rules, and declarations made by a generator that gives the same ones on every machine.

#![allow(dead_code, reason = "each bench uses a part of it")]

use hongxian::engine::Engine;
use hongxian::pack::PackFiles;
use std::fmt::Write as _;
use std::path::Path;

/// How the rules of one kind stand in the pack, to be multiplied.
const RULES: &str = include_str!("pack/rules.policy");

/// The engine over the thirty rules, each `copies` times under an id of its own.
pub fn engine(copies: usize) -> Engine {
    let mut files = PackFiles::default();
    files.insert("pack.toml", include_bytes!("pack/pack.toml"));
    files.insert("sources/measure.txt", include_bytes!("pack/sources/measure.txt"));
    files.insert("model.policy", include_bytes!("pack/model.policy"));
    for copy in 0..copies {
        let module =
            RULES.replace("module rules", &format!("module rules{copy}")).replace(" M-", &format!(" M{copy}-"));
        files.insert(format!("rules{copy}.policy"), module.as_bytes());
    }
    Engine::builder().pack(files, "").build().unwrap_or_else(|invalid| panic!("{invalid}"))
}

/// The engine over the plan's pack.
pub fn plan() -> Engine {
    Engine::builder().pack(plan_files(), "").build().unwrap_or_else(|invalid| panic!("{invalid}"))
}

/// The files of the plan's pack.
pub fn plan_files() -> PackFiles {
    let root = Path::new("policies/fintech-plan");
    let mut files = PackFiles::default();
    add(root, root, &mut files);
    files
}

fn add(root: &Path, folder: &Path, files: &mut PackFiles) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            add(root, &path, files);
        } else {
            files.insert(path.strip_prefix(root).unwrap().to_str().unwrap(), std::fs::read(&path).unwrap());
        }
    }
}

/// A declaration for the plan's pack that leaves nothing out.
pub fn plan_declaration() -> String {
    std::fs::read_to_string("policies/fintech-plan/fixtures/complete.json").unwrap()
}

/// The same text as people write it, with line ends and blanks.
pub fn pretty(text: &str) -> String {
    let (mut out, mut depth, mut quoted, mut escaped) = (String::new(), 0_usize, false, false);
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    };
    for c in text.chars() {
        match c {
            '{' | '[' if !quoted => {
                depth += 1;
                out.push(c);
                line(&mut out, depth);
            }
            '}' | ']' if !quoted => {
                depth -= 1;
                line(&mut out, depth);
                out.push(c);
            }
            ',' if !quoted => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' if !quoted => out.push_str(": "),
            c => {
                quoted ^= c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                out.push(c);
            }
        }
    }
    out
}

/// A source of numbers that are the same everywhere.
pub struct Chance(u64);

impl Chance {
    /// Numbers that follow from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[usize::try_from(self.below(words.len() as u64)).unwrap()]
    }

    /// True in that many of a hundred cases.
    fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn date(&mut self, from: u64, years: u64) -> String {
        format!("{}-{:02}-{:02}", from + self.below(years), 1 + self.below(12), 1 + self.below(28))
    }
}

/// A declaration, about 4.6 KB at scale 1; its lists grow with the scale. Most rules hold for it.
pub fn declaration(seed: u64, scale: usize) -> String {
    let mut c = Chance::new(seed);
    let mut text = String::new();
    let _ = write!(
        text,
        r#"{{"id":"P-{:06}","title":"Product number {}","category":"{}","status":"{}","as_of":"2025-06-30","launched_on":"{}","contact":"desk.{}@example.com","operator":"Bank of {}","summary":"The product pays, lends and keeps accounts for small firms in {} provinces.","users":{},"daily_limit":"{}.00","insured":{},"risk":{{"level":{},"score":{}.{},"stressed":true,"max_loss":{}.5,"reviewed_on":"{}","owner":"Risk office {}"}}"#,
        c.below(1_000_000),
        seed,
        c.of(&["payment", "credit", "wealth", "payment", "credit", "insurance"]),
        c.of(&["trial", "running"]),
        c.date(2018, 6),
        c.below(100),
        c.of(&["Harbin", "Chengdu", "Ningbo", "Xiamen"]),
        c.below(30),
        c.below(6_000_000),
        1_000 + c.below(50) * 1_000,
        c.percent(80),
        1 + c.below(4),
        c.below(80),
        c.below(10),
        c.below(21),
        c.date(2024, 2),
        c.below(10),
    );
    list(&mut text, "channels", 4, |text, n| {
        let _ = write!(text, "\"{}\"", ["app", "counter", "web", "phone"][n % 4]);
    });
    list(&mut text, "fees", 7 * scale, |text, n| {
        let _ = write!(
            text,
            r#"{{"name":"Fee for service {n}","rate":{}.{},"cap":"{}.00","disclosed":{}}}"#,
            if n == 0 { 0 } else { c.below(15) },
            if n == 0 { 0 } else { c.below(10) },
            c.below(1_000),
            c.percent(99)
        );
    });
    list(&mut text, "items", 7 * scale, |text, n| {
        let class = c.of(&["C1", "C2", "C3"]);
        let sharing = c.of(&["none", "masked"]);
        let _ = write!(
            text,
            r#"{{"name":"Kind of data {n}","class":"{class}","encrypted":{},"retention":{},"sharing":"{sharing}","purpose":"For the service that the customer asked for."}}"#,
            c.percent(98),
            c.below(1_850),
        );
    });
    list(&mut text, "partners", 5 * scale, |text, n| {
        let country = if n == 0 { "CN" } else { c.of(&["CN", "HK", "SG"]) };
        let _ = write!(
            text,
            r#"{{"name":"Partner firm {n} Ltd.","country":"{country}","licensed":{},"share":{}.25,"since":"{}"}}"#,
            c.percent(99),
            c.below(18) / scale as u64,
            c.date(2010, 12),
        );
    });
    list(&mut text, "incidents", 6 * scale, |text, n| {
        let _ = write!(
            text,
            r#"{{"id":"INC-2024-{n:04}","severity":{},"closed":{},"on":"{}","hours":{}.5}}"#,
            1 + c.below(5),
            c.percent(97),
            c.date(2019, 6),
            c.below(48),
        );
    });
    list(&mut text, "controls", 11 * scale, |text, n| {
        let kind = ["preventive", "detective", "corrective"][n % 3];
        let _ = write!(
            text,
            r#"{{"code":"CTL-{n:03}","kind":"{kind}","effective":{},"tested_on":"{}","coverage":{}}}"#,
            c.percent(99),
            c.date(2023, 2),
            50 + c.below(50),
        );
    });
    text.push('}');
    text
}

fn list(text: &mut String, name: &str, count: usize, mut element: impl FnMut(&mut String, usize)) {
    let _ = write!(text, ",\"{name}\":[");
    for n in 0..count {
        if n > 0 {
            text.push(',');
        }
        element(text, n);
    }
    text.push(']');
}

/// Declarations that are not as usual, each with what is about them; the plain ones first.
pub fn cliffs() -> Vec<(&'static str, Vec<String>)> {
    let plain: Vec<String> = (0..10).map(|seed| declaration(seed, 1)).collect();
    let each = |change: &dyn Fn(&str) -> String| plain.iter().map(|text| change(text)).collect::<Vec<String>>();
    let pretty = each(&pretty);
    let shuffled = each(&shuffled);
    let escapes = each(&|text: &str| with_summary(text, &"a \\\"word\\\" of\\n \\u4e2d\\/\\t".repeat(200)));
    let units =
        each(&|text: &str| with_summary(text, &r"\u672c\u4ea7\u54c1\u9762\u5411\u5c0f\u5fae\ud83d\ude00".repeat(90)));
    let chinese = each(&|text: &str| with_summary(text, &"本产品面向小微企业，提供支付与融资服务。".repeat(80)));
    let long = each(&|text: &str| with_summary(text, &"The product lends to small firms. ".repeat(150)));
    let deep = each(&|text: &str| with_names(text, "\\u0041"));
    vec![
        ("plain", plain.clone()),
        ("with line ends and blanks", pretty),
        ("keys in any order", shuffled),
        ("a long text", long),
        ("a long text of escapes", escapes),
        ("a long Chinese text", chinese),
        ("a long Chinese text in escapes", units),
        ("an escape in each name", deep),
        ("long lists", vec![declaration(0, 200)]),
    ]
}

/// With another summary.
fn with_summary(text: &str, summary: &str) -> String {
    let start = text.find("\"summary\":\"").unwrap() + 11;
    let end = start + text[start..].find('"').unwrap();
    format!("{}{summary}{}", &text[..start], &text[end..])
}

/// With an escape before each name.
fn with_names(text: &str, escape: &str) -> String {
    text.replace("\"name\":\"", &format!("\"name\":\"{escape}"))
}

/// With the keys of each object in an order by chance.
fn shuffled(text: &str) -> String {
    let mut chance = Chance::new(7);
    shuffle(&serde_json::from_str(text).unwrap(), &mut chance)
}

fn shuffle(value: &serde_json::Value, chance: &mut Chance) -> String {
    match value {
        serde_json::Value::Object(fields) => {
            let mut rest: Vec<_> = fields.iter().collect();
            let mut shown = Vec::new();
            while !rest.is_empty() {
                let at = usize::try_from(chance.below(rest.len() as u64)).unwrap();
                let (key, value) = rest.swap_remove(at);
                shown.push(format!("\"{key}\":{}", shuffle(value, chance)));
            }
            format!("{{{}}}", shown.join(","))
        }
        serde_json::Value::Array(elements) => {
            let elements: Vec<_> = elements.iter().map(|element| shuffle(element, chance)).collect();
            format!("[{}]", elements.join(","))
        }
        scalar => scalar.to_string(),
    }
}
