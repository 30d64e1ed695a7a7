//! The header and the items of a module; those of the model, the rules and the tests have files of their own.

use super::Printer;
use super::between::{INDENT, Lines};
use super::columns::{Columns, pad};
use super::doc::Doc;
use super::literals::{label, quoted};
use super::model::type_words;
use super::render::{WIDTH, flat, width};
use super::rules::rule_kind;
use crate::source::Span;
use crate::syntax::ast::{self, ItemKind, ParamValue};

impl Printer<'_> {
    /// `module`, and below it `title`, `effective` and `use` with what follows them in one column.
    pub fn header(&mut self, lines: &mut Lines, header: &ast::Header) {
        let start = header.span.to(header.name.span);
        self.line(lines, start, |_| Doc::row([docs(&header.doc), format!("module {}", header.name.text).into()]));
        let present = [
            header.title.as_ref().map(|_| "title"),
            header.effective.as_ref().map(|_| "effective"),
            header.uses.first().map(|_| "use"),
        ];
        let column = present.into_iter().flatten().map(width).max().unwrap_or_default();
        if let Some(title) = &header.title {
            let texts = label(title, zh_column(column));
            self.line(lines, label_span(title, start), |_| Doc::row([pad("title ", column + 1).into(), texts]));
        }
        if let Some(effective) = &header.effective {
            let words = format!("{} {}", pad("effective", column), in_force(effective));
            self.line(lines, effective.span, |_| words.into());
        }
        for used in &header.uses {
            let (span, words) = match used {
                ast::Use::Module(module) => (module.span, module.text.clone()),
                ast::Use::Plugin { plugin, alias } => {
                    (plugin.span.to(alias.span), format!("plugin {} as {}", plugin.text, alias.text))
                }
            };
            self.line(lines, span, |_| format!("{} {words}", pad("use", column)).into());
        }
    }

    /// Items, with a blank line between two where one of them takes several lines, or where one stood.
    pub fn items(&mut self, lines: &mut Lines, items: &[ast::Item]) {
        let mut columns = self.param_columns(items).into_iter();
        let mut last_is_tall = true;
        for item in items {
            let columns = columns.next().flatten();
            let at = lines.len();
            let mut is_tall = false;
            self.line(lines, item.span, |printer| {
                let doc = match (&item.kind, columns) {
                    (ItemKind::Param(param), Some(columns)) => columns.row(&param_words(param)).into(),
                    _ => printer.item(item),
                };
                is_tall = doc.has_hard_line() || width(&flat(&doc)) > WIDTH;
                Doc::row([docs(&item.doc), doc])
            });
            if is_tall || last_is_tall {
                lines.set_apart(at);
            }
            last_is_tall = is_tall;
        }
    }

    fn item(&mut self, item: &ast::Item) -> Doc {
        match &item.kind {
            ItemKind::Param(param) => self.param(param),
            ItemKind::Let(it) => self.named(format!("let {} =", it.name.text).into(), &it.value),
            ItemKind::Function(function) => self.function(function),
            ItemKind::Enum(it) => self.enumeration(it, item.span),
            ItemKind::Record(record) => self.record(record, item.span),
            ItemKind::Declaration(declaration) => self.declaration(declaration, item.span),
            ItemKind::Rule(rule) => self.rule(rule, item.span),
            ItemKind::Outside(outside) => self.outside(outside, item.span),
            ItemKind::Test(test) => self.test(test, item.span),
            ItemKind::Tighten(tighten) => self.tighten(tighten),
            ItemKind::Raise(raise) => format!("raise {} to {}", raise.id.text, rule_kind(raise.kind)).into(),
        }
    }

    /// `let x = value`, with the value on a line of its own where it does not fit.
    fn named(&mut self, head: Doc, value: &ast::Expr) -> Doc {
        Doc::row([head, Doc::row([Doc::Line, self.expr(value)]).nest(INDENT)]).group()
    }

    fn function(&mut self, function: &ast::Function) -> Doc {
        let words = |(name, ty): &(ast::Name, ast::Type)| format!("{}: {}", name.text, type_words(ty));
        let params: Vec<_> = function.params.iter().map(words).collect();
        let between = |at| if at == 0 { Doc::Soft } else { Doc::row([",".into(), Doc::Line]) };
        let params = params.into_iter().enumerate().flat_map(|(at, words)| [between(at), words.into()]);
        let params = Doc::row(params).nest(INDENT);
        let head = format!("fn {}(", function.name.text);
        let head = Doc::row([head.into(), params, Doc::IfBroken(","), Doc::Soft, ") =".into()]).group();
        self.named(head, &function.body)
    }

    fn param(&mut self, param: &ast::Param) -> Doc {
        let head = format!("param {}: {} =", param.name.text, type_words(&param.ty));
        let direction = param.direction.iter().map(|name| Doc::text(format!(" tighten {}", name.text)));
        let tail = Doc::row(std::iter::once(origin(&param.origin).into()).chain(direction));
        let label = param.label.as_ref().map(|texts| Doc::row([Doc::Line, label(texts, 0)]).group());
        self.valued(head, &param.value, Some(Doc::row([tail, label.unwrap_or_else(Doc::nothing)])))
    }

    fn tighten(&mut self, tighten: &ast::Tighten) -> Doc {
        let head = format!("tighten {} =", tighten.name.text);
        self.valued(head, &tighten.value, tighten.origin.as_ref().map(|it| origin(it).into()))
    }

    /// `param x = value tail`, with the tail on a line of its own where they do not fit.
    fn valued(&mut self, head: String, value: &ParamValue, tail: Option<Doc>) -> Doc {
        match value {
            ParamValue::Expr(value) => {
                let tail = tail.map_or_else(Doc::nothing, |tail| Doc::row([Doc::Line, tail]));
                Doc::row([self.named(head.into(), value), tail.nest(INDENT)]).group()
            }
            ParamValue::Table(entries, span) => {
                let tail = tail.map_or_else(Doc::nothing, |tail| Doc::row([" ".into(), tail]));
                Doc::row([format!("{head} ").into(), self.table(entries, *span), tail.nest(INDENT)])
            }
        }
    }

    /// `{ a: x, _: y }`, or one entry a line with the values in one column.
    fn table(&mut self, entries: &[ast::TableEntry], span: Span) -> Doc {
        let one_line = flat(&table_words(entries));
        if !self.has_comment_in(span) && width(&one_line) <= WIDTH / 2 {
            return one_line.into();
        }
        let column = entries.iter().map(|entry| width(&entry.key.text) + 1).max().unwrap_or_default();
        let mut lines = Lines::default();
        for entry in entries {
            self.line(&mut lines, entry.key.span.to(entry.value.span), |printer| {
                let key = pad(&format!("{}:", entry.key.text), column);
                Doc::row([format!("{key} ").into(), printer.expr(&entry.value), ",".into()])
            });
        }
        self.approach(&mut lines, span.end);
        lines.block()
    }

    /// For each item the columns of the run of short parameters that it belongs to.
    fn param_columns(&self, items: &[ast::Item]) -> Vec<Option<Columns>> {
        let mut all = Vec::new();
        let mut rest = items;
        while !rest.is_empty() {
            let follow =
                rest.windows(2).take_while(|pair| matches!(pair, [above, below] if self.follows(above, below)));
            let (run, others) = rest.split_at(1 + follow.count());
            let columns = Columns::of(run.iter().filter_map(short_param).map(param_words));
            let columns = columns.filter(|_| run.len() > 1);
            all.extend(run.iter().map(|_| columns.clone()));
            rest = others;
        }
        all
    }

    /// Whether two parameters stand one right below the other.
    fn follows(&self, above: &ast::Item, below: &ast::Item) -> bool {
        let (start, end) = (above.span.end, below.span.end);
        let apart = self.has_blank_between(above.span.end, below.span.start);
        let commented = self.has_comment_in(Span { start, end, ..above.span });
        short_param(above).is_some() && short_param(below).is_some() && below.doc.is_empty() && !apart && !commented
    }
}

/// A parameter that is no table.
fn short_param(item: &ast::Item) -> Option<&ast::Param> {
    match &item.kind {
        ItemKind::Param(param) if matches!(param.value, ParamValue::Expr(_)) => Some(param),
        _ => None,
    }
}

/// The parts of a parameter that stand in columns.
fn param_words(param: &ast::Param) -> Vec<String> {
    let value = match &param.value {
        ParamValue::Expr(value) => flat(&Printer::bare().expr(value)),
        ParamValue::Table(entries, _) => flat(&table_words(entries)),
    };
    vec![
        format!("param {}: {}", param.name.text, type_words(&param.ty)),
        format!("= {value}"),
        origin(&param.origin),
        param.direction.as_ref().map_or_else(String::new, |name| format!("tighten {}", name.text)),
        param.label.as_ref().map_or_else(String::new, |texts| flat(&label(texts, 0))),
    ]
}

fn table_words(entries: &[ast::TableEntry]) -> Doc {
    let words = |entry: &ast::TableEntry| format!("{}: {}", entry.key.text, flat(&Printer::bare().expr(&entry.value)));
    match entries {
        [] => "{}".into(),
        _ => format!("{{ {} }}", entries.iter().map(words).collect::<Vec<_>>().join(", ")).into(),
    }
}

fn origin(origin: &ast::Origin) -> String {
    if origin.quoted { format!("from {}", quoted(&origin.text)) } else { format!("from {}", origin.text) }
}

/// Doc comments, each on its line, above what follows.
pub(super) fn docs(docs: &[String]) -> Doc {
    Doc::row(docs.iter().flat_map(|line| [format!("/// {line}").trim_end().into(), Doc::Hard]))
}

/// `from 2019-08-22 until 2021-12-31`
pub(super) fn in_force(effective: &ast::Effective) -> String {
    let from = effective.from.iter().map(|day| format!("from {}", day.text));
    let until = effective.until.iter().map(|day| format!("until {}", day.text));
    from.chain(until).collect::<Vec<_>>().join(" ")
}

/// Where `zh` stands below a text that begins after a keyword of `column` columns, for the two texts to be in line.
pub(super) fn zh_column(column: usize) -> usize {
    (column + 1).saturating_sub("zh ".len())
}

/// From the first text of a label to its last; `other` where there is none.
pub(super) fn label_span(label: &ast::Label, other: Span) -> Span {
    let mut spans = label.en.iter().chain(&label.zh).map(|text| text.span);
    let first = spans.next().unwrap_or(other);
    first.to(spans.next().unwrap_or(first))
}
