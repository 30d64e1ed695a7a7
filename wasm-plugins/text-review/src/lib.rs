//! What the texts and claims of a declaration give away without knowing the product: texts that say the same twice, texts
//! that say nothing, claims that are all yes.

mod claims;
mod fields;
mod phrases;
mod similar;

use fields::Text;
use hongxian_plugin::{Decimal, Finding, Node, Ratio, plugin};

plugin! {
    //! What the texts and claims of a declaration give away: texts that say the same twice, texts that say nothing, claims
    //! that are all yes. Fields are those of the model of `fintech-plan`.
    checks {
        /// Texts that say nearly the same as one before them. Two texts are compared by the pairs of neighbouring letters
        /// that they share.
        near_duplicates(
            share: "from which share of common pairs of letters on texts count as the same",
            shortest: "texts with fewer letters are left out"
        ) reads "/service/functions", "/service/technology_summary", "/service/innovation_statement",
            "/institution/strategy/positioning", "/technologies/*/purpose", "/data/items/*/necessity",
            "/risk/register/*/control"

        /// Texts that would fit any product: placeholders, and phrases that only say that rules are kept.
        boilerplate() reads "/service/functions", "/service/technology_summary", "/service/innovation_statement",
            "/institution/strategy/positioning", "/technologies/*/purpose", "/data/items/*/necessity",
            "/risk/register/*/control"

        /// Claims that all say yes, with nothing independent behind any of them. One no, or one piece of evidence that
        /// somebody else issued, and there is nothing to find.
        all_true(fewest: "with fewer claims nothing is said")
            reads "/evidence/*/self_issued", "/service/agreement", "/service/fees_disclosed", "/data/protection",
                "/transaction", "/risk_control", "/cyber/situational_awareness", "/cyber/traffic_monitoring",
                "/risk/opinion_monitoring", "/supervision/reporting/reconciled", "/supervision/compliance_monitoring"
    }
}

fn near_duplicates(product: &Node, share: Ratio, shortest: Decimal) -> Result<Vec<Finding>, String> {
    let shortest = whole(shortest, "shortest")?;
    let long = |text: &Text| text.letters.chars().count() >= shortest;
    let texts: Vec<Text> = fields::texts(product).into_iter().filter(long).collect();
    similar::repeated(&texts, share).map(|pairs| pairs.into_iter().map(|pair| same_again(&texts, pair)).collect())
}

fn same_again(texts: &[Text], pair: similar::Pair) -> Finding {
    let (first, again) = (&texts[pair.first].pointer, &texts[pair.again].pointer);
    let percent = pair.percent;
    Finding::new(again, format!("says nearly the same as {first}: {percent} % of their pairs of letters are common"))
        .zh(format!("与{first}内容几乎相同：相邻字符对有{percent}%重合"))
        .related([first.clone()])
}

fn boilerplate(product: &Node) -> Vec<Finding> {
    let empty = fields::texts(product).into_iter().filter(|text| phrases::says_nothing(&text.letters));
    empty
        .map(|text| {
            Finding::new(text.pointer, format!("`{}` would fit any product", text.as_written))
                .zh(format!("“{}”套用于任何产品均可", text.as_written))
        })
        .collect()
}

fn all_true(product: &Node, fewest: Decimal) -> Result<Vec<Finding>, String> {
    let fewest = whole(fewest, "fewest")?;
    let claimed = match claims::all_yes(product) {
        Some(claimed) if claimed.len() >= fewest.max(1) => claimed,
        _ => return Ok(Vec::new()),
    };
    let count = claimed.len();
    let mut places = claimed.into_iter();
    let first = places.next().unwrap_or_default();
    let finding =
        Finding::new(first, format!("all {count} claims say yes, and nothing that others issued stands behind one"))
            .zh(format!("{count}项声明全部为“是”，且无任何第三方出具的佐证"))
            .related(places.take(claims::SHOWN));
    Ok(vec![finding])
}

fn whole(number: Decimal, option: &str) -> Result<usize, String> {
    let whole = number.whole().and_then(|whole| usize::try_from(whole).ok());
    whole.ok_or_else(|| format!("expected a whole number of at least 0 for `{option}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EIGHTY: Ratio = Ratio(Decimal { mantissa: 8, scale: 1 });

    fn pointers(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.pointer.as_str()).collect()
    }

    #[test]
    fn a_text_that_comes_again_is_found_where_it_comes_again() {
        let product = Node::declaration(
            r#"{
                "service": { "functions": { "zh-Hans": "为小微企业提供在线融资与结算服务。" } },
                "data": { "items": [
                    { "necessity": "核验借款人身份并防范欺诈" },
                    { "necessity": "为小微企业提供在线融资、结算服务" }
                ] }
            }"#,
        );
        let found = near_duplicates(&product, EIGHTY, 8.into()).unwrap();
        assert_eq!(pointers(&found), ["/data/items/1/necessity"]);
        assert_eq!(found[0].related, ["/service/functions"]);
    }

    #[test]
    fn short_texts_may_be_alike() {
        let product = Node::declaration(r#"{"technologies": [{"purpose": "风险控制"}, {"purpose": "风险控制"}]}"#);
        assert_eq!(near_duplicates(&product, EIGHTY, 8.into()), Ok(vec![]));
        assert_eq!(near_duplicates(&product, EIGHTY, 4.into()).unwrap().len(), 1);
        assert!(near_duplicates(&product, EIGHTY, (-1).into()).is_err());
    }

    #[test]
    fn what_would_fit_any_product_is_found() {
        let product = Node::declaration(
            r#"{"service": {"functions": "同上。", "technology_summary": "Business needs!"},
                "technologies": [{"purpose": "评估企业信用"}, {"purpose": "xxxx"}]}"#,
        );
        let found = boilerplate(&product);
        assert_eq!(pointers(&found), ["/service/functions", "/service/technology_summary", "/technologies/1/purpose"]);
        assert_eq!(found[0].en, "`同上。` would fit any product");
    }

    #[test]
    fn claims_that_are_all_yes_are_found_once() {
        let claims = r#""data": {"protection": {"mutual_auth": true, "masking": true, "access_logged": true}}"#;
        let found = |evidence: &str, fewest: i64| {
            all_true(&Node::declaration(&format!("{{{claims}, \"evidence\": {evidence}}}")), fewest.into()).unwrap()
        };
        let all = found(r#"[{"self_issued": true}]"#, 3);
        assert_eq!(pointers(&all), ["/data/protection/mutual_auth"]);
        assert_eq!(all[0].related.len(), 2);
        assert_eq!(found(r#"[{"self_issued": true}]"#, 4), [], "too few to say anything");
        assert_eq!(found(r#"[{"self_issued": true}, {"self_issued": false}]"#, 3), [], "somebody else stands behind");
        assert_eq!(found("null", 3), [], "evidence that is not declared may be there");
    }

    #[test]
    fn one_no_is_enough() {
        let product = Node::declaration(
            r#"{"data": {"protection": {"mutual_auth": true, "masking": false}}, "evidence": [{"self_issued": true}]}"#,
        );
        assert_eq!(all_true(&product, 1.into()), Ok(vec![]));
    }
}
