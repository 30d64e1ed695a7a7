//! cedar-policy: the rules that it can state as permits in `rules.cedar`; the answer names those that hold.
//!
//! Its numbers are whole; a fraction has to reach it as a text under the name of an extension. So the context is made from
//! the declaration by hand, and only of what the rules read.

use cedar_policy::{Authorizer, Context, Decision, Entities, EntityUid, PolicyId, PolicySet, Request};
use contest::{About, Contestant, Verdicts, serve};
use serde_json::{Value, json};

const FORMS: &str = "it has no regular expressions";
const EACH: &str = "it has no quantifier over the records of a list";
const ABOUT: About = About {
    name: "cedar-policy",
    of: Some("cedar-policy"),
    cannot: &[
        (2, FORMS),
        (3, FORMS),
        (7, "its durations are days and shorter, not calendar months"),
        (13, EACH),
        (14, EACH),
        (15, EACH),
        (16, EACH),
        (17, EACH),
        (18, EACH),
        (19, EACH),
        (20, EACH),
        (21, EACH),
        (22, EACH),
        (23, EACH),
        (25, EACH),
        (26, EACH),
        (27, EACH),
        (28, EACH),
        (29, EACH),
        (30, "it has no sum"),
    ],
};

struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
    somebody: EntityUid,
}

impl Cedar {
    fn new() -> Self {
        let policies: PolicySet = include_str!("../rules.cedar").parse().expect("the rules are Cedar");
        Self {
            authorizer: Authorizer::new(),
            policies: named(&policies),
            entities: Entities::empty(),
            somebody: r#"A::"a""#.parse().expect("an entity"),
        }
    }
}

/// The policies under the names that they give themselves.
fn named(policies: &PolicySet) -> PolicySet {
    let name = |policy: &cedar_policy::Policy| policy.annotation("id").map(PolicyId::new).expect("a name");
    PolicySet::from_policies(policies.policies().map(|policy| policy.new_id(name(policy)))).expect("names of their own")
}

fn decimal(value: &Value) -> Value {
    let text = value.to_string();
    let text = if text.contains('.') { text } else { text + ".0" };
    json!({"__extn": {"fn": "decimal", "arg": text}})
}

fn context(declaration: &Value) -> Value {
    let risk = &declaration["risk"];
    let mut context = json!({
        "level": risk["level"],
        "score": decimal(&risk["score"]),
        "max_loss": decimal(&risk["max_loss"]),
    });
    for field in
        ["category", "operator", "summary", "launched_on", "as_of", "users", "insured", "daily_limit", "channels"]
    {
        context[field] = declaration[field].clone();
    }
    context
}

impl Contestant for Cedar {
    type Parsed<'t> = Request;

    fn parse<'t>(&mut self, text: &'t str) -> Request {
        let declaration: Value = serde_json::from_str(text).expect("the declaration is valid");
        let context = Context::from_json_value(context(&declaration), None).unwrap_or_else(|error| panic!("{error}"));
        let [who, what, which] = [(); 3].map(|()| self.somebody.clone());
        Request::new(who, what, which, context, None).expect("without a schema every request is good")
    }

    fn evaluate(&mut self, request: &Request) -> Verdicts {
        let answer = self.authorizer.is_authorized(request, &self.policies, &self.entities);
        assert!(answer.diagnostics().errors().next().is_none(), "{answer:?}");
        let mut verdicts = Verdicts::default();
        if answer.decision() == Decision::Allow {
            for rule in answer.diagnostics().reason() {
                let number = AsRef::<str>::as_ref(rule).trim_start_matches('m').parse().expect("a rule's number");
                verdicts.set(number, true);
            }
        }
        verdicts
    }
}

fn main() {
    serve(&ABOUT, Cedar::new);
}
