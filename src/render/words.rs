//! The words of reports in both languages, side by side. `{0}`, `{1}` … stand for what is filled in.

use crate::ir::{Addressee, RuleKind};
use crate::report::contract::{Decision, Finding, Grade, Origin, Outcome, Reason, ReviewState, Verdict, Words};
use std::fmt::Display;

/// The language of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese.
    Zh,
}

/// A text in a language; in English where it has no Chinese.
#[must_use]
pub fn pick(words: &Words, lang: Lang) -> &str {
    match (lang, &words.zh) {
        (Lang::Zh, Some(zh)) => zh,
        _ => &words.en,
    }
}

/// A struct of words, and its two values.
macro_rules! table {
    ($(#[$doc:meta])* $table:ident, $en_table:ident, $zh_table:ident:
     $($name:ident: $en:literal, $zh:literal;)*) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub(in crate::render) struct $table {
            $(pub $name: &'static str,)*
        }

        static $en_table: $table = $table { $($name: $en,)* };
        static $zh_table: $table = $table { $($name: $zh,)* };
    };
}
pub(super) use table;

table! {
    /// Every word of a report, in one language.
    Table, EN, ZH:
    refused: "REFUSED", "不予准入";
    incomplete: "INCOMPLETE", "尚不完整";
    conditional: "CONDITIONAL", "有条件准入";
    admitted: "ADMITTED", "准予准入";
    not_evaluated: "NOT EVALUATED", "未作评估";
    no_decision: "NO DECISION", "不作决定";
    refused_why: "a red line is crossed", "触碰红线";
    incomplete_why: "no red line is shown to be crossed, but not all are shown to stand", "未发现触碰红线，但尚有红线未能证明";
    conditional_why: "the red lines stand; a baseline is not shown to", "红线均已守住，尚有基线要求未能证明";
    admitted_why: "every red line and baseline that applies is shown to hold", "所适用的红线与基线要求均已证明";
    not_evaluated_why: "no red line or baseline was evaluated", "没有评估任何红线或基线要求";
    no_decision_why: "only some of the rules were selected", "仅选取了部分规则";

    fail: "fail", "不符合";
    error: "error", "出错";
    unknown: "unknown", "无法判定";
    review: "review", "待审查";
    waived: "waived", "已豁免";
    pass: "pass", "符合";
    not_applicable: "not applicable", "不适用";
    not_shown: "not shown", "未体现";

    red_line: "red line", "红线";
    baseline: "baseline", "基线要求";
    guidance: "guidance", "倡导事项";
    red_lines: "Red lines", "红线";
    baselines: "Baselines", "基线要求";
    guidances: "Guidance", "倡导事项";

    product: "product", "产品";
    institution: "institution", "机构";
    industry_body: "industry body", "行业组织";
    regulator: "regulator", "监管部门";
    government: "government", "政府部门";

    asserted: "asserted only", "仅为声明";
    self_evidenced: "own evidence", "自证";
    independent: "independent evidence", "第三方佐证";
    unproven: "claims without proof: {0}", "没有佐证的声明：{0} 项";

    when_is_false: "its condition does not hold", "适用条件不成立";
    not_yet_in_force: "not yet in force", "尚未生效";
    no_longer_in_force: "no longer in force", "已失效";
    other_stage: "not of this stage", "不属本阶段";
    nothing_examined: "nothing to examine", "没有可审查的内容";

    from_declaration: "from the declaration", "取自声明";
    from_status: "from the declared status", "取自声明的状态";
    from_option: "given by the caller", "由调用者指定";
    stage_not_known: "not known", "未知";

    filing: "Filing", "申报材料";
    filing_given: "{0} of {1} fields of a complete filing declared ({2}%)", "完整申报所需 {1} 个字段，已声明 {0} 个（{2}%）";
    declaration: "Declaration", "声明";
    as_of: "As of", "基准日";
    day_and_stage: "{0}, stage {1}", "{0}，阶段 {1}";
    stage: "Stage", "阶段";
    pack: "Pack", "规则包";
    plugin: "Plugin", "插件";
    engine: "Engine", "引擎";
    engine_is: "{0} {1}, language edition {2}", "{0} {1}，语言版本 {2}";
    configuration: "Settings", "配置文件";
    disclaimer:
        "This is a self-assessment by a program; it is no supervisor's decision.",
        "本报告为程序辅助的自评，不代表监管部门的决定。";

    aside: " ({0})", "（{0}）";
    item: "{0}: {1}", "{0}：{1}";
    argument: "argument {0}", "论点{0}";
    clause: "clause {0}", "条款 {0}";
    addressed_to: "addressed to the {0}", "对象：{0}";
    line: "line {0}", "第 {0} 行";
    also: "also", "另见";
    remedy: "remedy", "整改";
    rule_at: "rule", "规则";
    facts_at: "facts", "事实";
    missing: "missing", "缺少";
    assumed: "assumed", "推定";
    not_declared_here: "`{0}` is not declared in here", "此处未声明“{0}”";
    raised_by: "raised by {0}", "由 {0} 提升";

    unknown_rules: "rules: {0}; waiting for fields: {1}, listed below", "规则 {0} 条，等待补充字段 {1} 个，见下";
    worklist: "Still to declare", "待补充的字段";
    worklist_for_red_lines: "for red lines: {0}", "涉及红线：{0} 个";
    worklist_for_baselines: "for baselines: {0}", "涉及基线要求：{0} 个";
    worklist_for_guidance: "for guidance: {0}", "涉及倡导事项：{0} 个";
    needed_by: "for {0}", "用于 {0}";
    more_with_v: "with -v", "加 -v 显示";

    reviews_needed: "To be judged by a person", "待人工审查";
    reviews: "Reviews", "审查意见";
    positive: "positive", "同意";
    negative: "negative", "不同意";
    review_applied: "applied", "已采用";
    review_early: "too early: given after the evaluation date", "尚未生效：晚于评估日期作出";
    review_lapsed: "lapsed: the facts have changed since", "失效：事实已变更";
    review_unused: "unused: no review was asked for", "未使用：规则未要求审查";
    review_by: "{0} ({1}), {2}", "{0}（{1}），{2}";

    waivers: "Waivers", "豁免";
    waiver_applied: "applied", "已采用";
    waiver_early: "too early: granted only on {0}", "尚未生效：{0} 起有效";
    waiver_expired: "expired on {0}", "已于 {0} 到期";
    waiver_changed: "lapsed: the facts have changed since", "失效：事实已变更";
    waiver_unused: "unused: it covers nothing", "未使用：没有可豁免的内容";
    waiver_by: "{0} ({1}), {2} to {3}", "{0}（{1}），{2} 至 {3}";
    control: "instead", "补偿措施";

    passed: "Passed", "符合";
    not_applicable_rules: "Not applicable", "不适用";
    upcoming: "Coming into force", "即将生效";
    upcoming_from: "from {0}", "自 {0} 起";
    parameters: "Parameters", "参数";
    tightened_by: "tightened by {0}", "由 {0} 收紧";
    warnings: "Warnings", "提示";
    by_rule: "By rule", "按规则";
    by_institution: "By institution", "按机构";
    not_named: "no institution named", "未载明机构";
    more_in_summary: "and {0} more: `--format summary` lists them all", "另有 {0} 项：`--format summary` 可全部列出";
    declarations_count: "{0} declarations", "共 {0} 份声明";
    rejected: "not valid", "无效";
    rules_count: "rules: {0}", "规则 {0} 条";
    addressee: "Addressee", "对象";
    clauses: "Clauses", "条款";
    argument_title: "Argument", "论点";
    in_force: "In force", "有效期";
    in_force_from: "from {0}", "自 {0} 起";
    in_force_until: "until {0}", "至 {0} 止";
    module: "Module", "模块";
    note: "Note", "说明";
    was_raised: "{0}, raised from {1} by {2}", "{0}，由 {2} 从{1}提升";
    outside: "outside: no declaration can show it", "外部事项：无法由声明体现";
    reads: "What it reads", "读取的字段";
    rule_text: "The rule", "规则原文";
    derivation: "How it came about", "推导过程";
    origin_is: "from {0}", "出自 {0}";
    may_tighten: "an overlay may make it {0}", "可收紧方向：{0}";
    lower: "lower", "更低";
    higher: "higher", "更高";
    more: "more", "更多";
    fewer: "fewer", "更少";

    contents: "Contents", "目录";
    sources: "Sources", "依据";
    arguments: "Why a red line is one", "红线论点";
    applies_when: "Applies when", "适用条件";
    fails_where: "Fails where", "不符合的情形";
    remedy_title: "Remedy", "整改";
    must_be_declared: "Must be declared", "须申报";
    judged_by_a_person: "Judged by a person", "由人员评判";
    lapsed_on: "Its source lapsed on {0}; it still judges.", "依据已于 {0} 到期，规则包仍作评估。";
    book_stands: "What stands in brackets is taken from a declaration. The rules themselves decide; this book paraphrases them.",
        "方括号内为声明所填内容。以规则文本为准，本册仅为转述。";

    gap_list: "Gap list", "差距清单";
    gaps: "What stands against the decision", "尚存差距";
    no_gaps: "Nothing stands against the decision.", "没有尚存差距。";
    held: "What holds", "已符合事项";
    status: "status", "状态";
    kind: "kind", "类别";
    rule: "rule", "规则";
    requirement: "requirement", "要求";
    field: "field", "字段";
    label: "label", "名称";
    value: "value", "取值";
    proof_grade: "proof", "证明等级";
    fix: "what would fix it", "整改措施";
    expects: "expects", "应填";
    owner: "owner", "责任人";
    file: "file", "文件";
    line_number: "line", "行";
    finding: "finding", "情况";
    must_hold: "must hold", "应满足";
    proof_at: "proof", "佐证";
    proof_given: "declared", "已申报";
    proof_missing: "not declared", "未申报";
    no_proof_field: "the model names no field for a proof; state the fact", "模型未设佐证字段；请陈述事实";
    to_become_true: "What must become true, and which proof would show it", "应达到的状态及其佐证";
    whole_declaration: "the whole declaration", "整份声明";
    shortest: "Shortest way to a verdict", "最短补报清单";
    shortest_says:
        "Declare these, and with some values the rules beside them are settled (fields: {0}, rules: {1}): found by trying values on this declaration. \
         None of the fields can be left out of what was found; a shorter list of other fields is not ruled out. What is \
         declared must be true.",
        "补报以下 {0} 个字段，即可在某些取值下判定 {1} 条未决规则（以本声明试填得出）。所列字段缺一不可；不排除另有更短的清单。申报内容必须属实。";
    shortest_unmet: "Decided by the list, but no trial met them: {0}", "可由清单判定、但试填未能使其符合的规则：{0}";
    shortest_open: "Not settled by any trial, or too large to be searched further, and waiting for all their missing fields: {0}", "试填未能判定或规模过大未继续试填、须补报其全部缺失字段的规则：{0}";

    none_value: "null", "null";
    yes: "true", "true";
    no: "false", "false";
}

impl Lang {
    /// The text in this language.
    pub(super) const fn choose(self, en: &'static str, zh: &'static str) -> &'static str {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }

    pub(super) fn table(self) -> &'static Table {
        match self {
            Self::En => &EN,
            Self::Zh => &ZH,
        }
    }

    /// What separates the items of an enumeration.
    pub(super) const fn comma(self) -> &'static str {
        match self {
            Self::En => ", ",
            Self::Zh => "、",
        }
    }
}

/// Fills `{0}`, `{1}` … of a template.
pub(super) fn fill(template: &str, values: &[&dyn Display]) -> String {
    let mut pieces = template.split('{');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let Some((index, rest)) = piece.split_once('}') else { continue };
        let value = index.parse::<usize>().ok().and_then(|index| values.get(index));
        text += &value.map(ToString::to_string).unwrap_or_default();
        text += rest;
    }
    text
}

impl Table {
    /// The fields where the proofs of a finding stand, or would, each with whether it is declared.
    pub(super) fn proofs(&self, finding: &Finding) -> Vec<String> {
        let state = |given| if given { self.proof_given } else { self.proof_missing };
        let proofs = finding.proofs.iter();
        proofs.map(|proof| format!("{}{}", proof.pointer, fill(self.aside, &[&state(proof.given)]))).collect()
    }

    pub(super) const fn decision(&self, decision: Option<Decision>) -> (&'static str, &'static str) {
        match decision {
            Some(Decision::Refused) => (self.refused, self.refused_why),
            Some(Decision::Incomplete) => (self.incomplete, self.incomplete_why),
            Some(Decision::Conditional) => (self.conditional, self.conditional_why),
            Some(Decision::Admitted) => (self.admitted, self.admitted_why),
            Some(Decision::NotEvaluated) => (self.not_evaluated, self.not_evaluated_why),
            None => (self.no_decision, self.no_decision_why),
        }
    }

    /// An outcome of a rule of a kind: guidance that fails is only not shown.
    pub(super) const fn outcome(&self, outcome: Outcome, kind: RuleKind) -> &'static str {
        match (outcome, kind) {
            (Outcome::Fail, RuleKind::Guidance) => self.not_shown,
            (Outcome::Fail, _) => self.fail,
            (Outcome::Error, _) => self.error,
            (Outcome::Unknown, _) => self.unknown,
            (Outcome::Review, _) => self.review,
            (Outcome::Waived, _) => self.waived,
            (Outcome::Pass, _) => self.pass,
            (Outcome::NotApplicable, _) => self.not_applicable,
        }
    }

    pub(super) const fn kind(&self, kind: RuleKind) -> &'static str {
        match kind {
            RuleKind::RedLine => self.red_line,
            RuleKind::Baseline => self.baseline,
            RuleKind::Guidance => self.guidance,
        }
    }

    pub(super) const fn kinds(&self, kind: RuleKind) -> &'static str {
        match kind {
            RuleKind::RedLine => self.red_lines,
            RuleKind::Baseline => self.baselines,
            RuleKind::Guidance => self.guidances,
        }
    }

    pub(super) const fn addressee(&self, addressee: Addressee) -> &'static str {
        match addressee {
            Addressee::Product => self.product,
            Addressee::Institution => self.institution,
            Addressee::IndustryBody => self.industry_body,
            Addressee::Regulator => self.regulator,
            Addressee::Government => self.government,
        }
    }

    pub(super) const fn grade(&self, grade: Grade) -> &'static str {
        match grade {
            Grade::Asserted => self.asserted,
            Grade::SelfEvidenced => self.self_evidenced,
            Grade::Independent => self.independent,
        }
    }

    pub(super) const fn reason(&self, reason: Reason) -> &'static str {
        match reason {
            Reason::WhenIsFalse => self.when_is_false,
            Reason::NotYetInForce => self.not_yet_in_force,
            Reason::NoLongerInForce => self.no_longer_in_force,
            Reason::OtherStage => self.other_stage,
            Reason::NothingExamined => self.nothing_examined,
        }
    }

    pub(super) const fn origin(&self, origin: Origin) -> &'static str {
        match origin {
            Origin::Declaration => self.from_declaration,
            Origin::Status => self.from_status,
            Origin::Option => self.from_option,
        }
    }

    pub(super) const fn verdict(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Positive => self.positive,
            Verdict::Negative => self.negative,
        }
    }

    pub(super) const fn review_state(&self, state: ReviewState) -> &'static str {
        match state {
            ReviewState::Applied => self.review_applied,
            ReviewState::Early => self.review_early,
            ReviewState::Lapsed => self.review_lapsed,
            ReviewState::Unused => self.review_unused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        assert_eq!(fill("{1} of {0}!", &[&"{1}", &"b{0}"]), "b{0} of {1}!");
        assert_eq!(fill("plain", &[&1]), "plain");
    }
}
