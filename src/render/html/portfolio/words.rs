//! The words that only the page of a portfolio has. `{0}`, `{1}` … stand for what is filled in.

use crate::render::Lang;
use crate::render::words::table;

table! {
    /// Every word of the page, in one language.
    Words, EN, ZH:

    kicker: "Self-assessment of many declarations", "多份声明的自评汇总";
    title: "Portfolio", "声明汇总";
    skip: "Skip to the tables", "跳到各表";
    contents: "Contents", "目录";
    decisions: "How they were decided", "评估结论";
    by_task: "By task", "按任务";
    by_task_why:
        "How many declarations stand how, by the red lines and baselines of each task; the worst of its rules counts.",
        "按每项任务的红线与基线要求统计声明数，以其中最差的规则为准。";
    by_rule: "By rule", "按规则";
    by_rule_why: "How many declarations each rule came out how for.", "每条规则各结论的声明数。";
    by_institution: "By institution", "按机构";
    by_institution_why: "The decisions of each institution's declarations.", "各机构声明的评估结论。";
    declarations: "The declarations, worst first", "声明清单（问题最多的在前）";
    sorted: "Worst first. A heading sorts its table.", "问题最多的在前，点按表头可排序。";
    task: "Task", "任务";
    rule: "Rule", "规则";
    name: "Title", "名称";
    kind: "Kind", "类别";
    institution: "Institution", "机构";
    number: "Declarations", "声明数";
    declaration: "Declaration", "声明";
    decision: "Decision", "结论";
    crossed: "red line crossed", "触碰红线";
    not_met: "baseline not met", "未达基线";
    open: "undecided", "待定";
    met: "met", "符合";
    not_applicable: "not applicable", "不适用";
    red_fails: "red lines crossed", "触碰的红线数";
    red_open: "red lines undecided", "待定的红线数";
    base_fails: "baselines not met", "未达的基线数";
    base_open: "baselines undecided", "待定的基线数";
    failing: "Which rules fail", "不符合的规则";
    more: "and others", "等";
    unnamed: "Unnamed", "未命名";
    left_out: "The worst {0} are listed. {1} others are in the sums only.", "仅列出问题最多的 {0} 份，其余 {1} 份只计入合计。";
    left_institutions: "The worst {0} are listed. {1} others are in the sums only.", "仅列出问题最多的 {0} 家，其余 {1} 家只计入合计。";
    nothing: "No declaration was judged.", "没有评估任何声明。";
    table_of: "`policy eval --format portfolio` writes these tables as CSV.", "`policy eval --format portfolio` 可将这些表输出为 CSV。";
    days: "{0} to {1}", "{0} 至 {1}";
}

impl Words {
    /// The words of a language.
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &EN,
            Lang::Zh => &ZH,
        }
    }
}
