//! The words that only pages have. `{0}`, `{1}` … stand for what is filled in.

use crate::render::Lang;
use crate::render::words::table;

table! {
    /// Every word of a page, in one language.
    PageWords, EN, ZH:

    code: "en", "zh-Hans";
    report: "Self-assessment report", "自评报告";
    unnamed: "Unnamed product", "未命名的产品";
    skip: "Skip to the findings", "跳到各条规则的结论";
    contents: "Contents", "目录";
    families: "Red lines by family", "红线概览";
    families_why:
        "The letter beside a rule says by which argument it is a red line.",
        "规则旁的字母表示其列为红线的论点。";
    other_red_lines: "Other red lines", "其他红线";
    no_red_line: "no red line was selected", "未选取红线";
    tasks: "All tasks at a glance", "各项任务一览";
    tasks_why:
        "One mark for each rule: its shape is the outcome. Choose a task to see only its rules.",
        "每条规则一个标记，形状表示结论。选取任务可只看其规则。";
    task: "Task", "任务";
    no_rules: "no rule for a declaration", "无可由声明体现的规则";
    outside: "Outside", "外部";
    outside_title: "sentences that no declaration can show: {0}", "无法由声明体现的条款：{0} 句";
    legend: "Legend", "图例";
    arguments: "Arguments", "论点";
    findings: "Findings", "各条规则的结论";
    filter: "Show only", "筛选";
    by_kind: "Kind", "类别";
    by_outcome: "Outcome", "结论";
    by_stage: "Stage", "阶段";
    by_task: "Task", "任务";
    by_argument: "Argument", "论点";
    by_text: "Words or id", "编号或文字";
    every_task: "every task", "全部任务";
    every_stage: "every stage", "全部阶段";
    reset: "Show all", "显示全部";
    shown_of: "{0} of {1} rules shown", "显示 {1} 条规则中的 {0} 条";
    none_left: "No rule is left. Choose less.", "没有符合条件的规则，请减少筛选条件。";
    group_fail: "Not met", "不符合";
    group_error: "Could not be evaluated", "评估出错";
    group_unknown: "Cannot be decided", "无法判定";
    group_review: "To be judged by a person", "待人工审查";
    group_waived: "Waived", "已豁免";
    group_not_shown: "Guidance not shown", "未体现的倡导事项";
    group_pass: "Met", "符合";
    group_not_applicable: "Not applicable", "不适用";
    rule: "Rule", "规则";
    title: "Title", "名称";
    kind: "Kind", "类别";
    clause: "Clause", "条款";
    proof: "Proof", "佐证";
    reason: "Reason", "原因";
    seen: "Also seen", "另见的值";
    missing: "Not declared", "未声明";
    where_it_would_stand: "Where it would stand", "应声明的位置";
    would_be: "without the waiver: {0}", "若无豁免：{0}";
    met_beside: "requirements met beside: {0}", "另有 {0} 项要求已满足";
    no_proof: "none", "无";
    worklist_why:
        "Fields that were not declared. A rule that waits for one is undecided, never passed.",
        "以下字段未声明。等待这些字段的规则为无法判定，绝不视为符合。";
    nothing_missing: "Nothing that a rule waits for is missing.", "没有规则在等待任何字段。";
    field: "Field", "字段";
    expects: "What may be given", "可填内容";
    line: "Line", "行";
    blocks: "Rules that wait", "等待的规则";
    record: "The record", "评估记录";
    parameter: "Parameter", "参数";
    value: "Value", "值";
    origin: "Whose", "来源";
    state: "State", "状态";
    by_whom: "By whom", "作出人";
    grounds: "Grounds", "理由";
    covers: "Covers", "豁免内容";
    counts: "Rules by kind and outcome", "按类别与结论统计的规则数";
    unproven_claims: "Claims without proof", "无佐证的声明";
    filing_short: "{0} of {1} fields", "{1} 个字段中的 {0} 个";
    rejected: "could not be judged", "未能评估";
    notices: "Notices", "说明";
    crossed: "crossed: {0}", "触碰：{0}";
    undecided: "undecided: {0}", "待定：{0}";
    holds: "met: {0}", "符合：{0}";
}

impl PageWords {
    /// The words of a language.
    pub(in crate::render) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &EN,
            Lang::Zh => &ZH,
        }
    }
}
