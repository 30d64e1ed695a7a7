//! Verdicts as Parquet, with the columns and rows of the CSV of verdicts: typed, compressed, for those who analyse many.
//! It stands behind the feature `parquet`.

use super::format::{Format, Item, Reads, Shown, Writer};
use super::verdicts::REJECTED;
use crate::report::contract::{Decision, Rejected};
use crate::report::verdict::{Subject, Verdict};
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use std::sync::Arc;

/// A row for each declaration and rule.
pub(super) const FORMAT: Format = Format {
    name: "parquet",
    about: "The same as Parquet: -o parquet=verdicts.parquet",
    start: |_| Box::new(Parquet { file: open().map_err(|error| error.to_string()), rows: Rows::default() }),
};

/// The columns, as the CSV of verdicts has them.
const SCHEMA: &str = "message verdicts {
    required binary file (UTF8);
    optional int64 line;
    optional binary id (UTF8);
    optional binary name (UTF8);
    optional binary institution (UTF8);
    optional binary as_of (UTF8);
    optional binary stage (UTF8);
    optional binary decision (UTF8);
    optional binary pack (UTF8);
    optional binary rule (UTF8);
    optional binary kind (UTF8);
    optional binary outcome (UTF8);
}";

/// How many rows wait to be written: the only thing that grows with the number of declarations is the list of such groups.
const GROUP: usize = 1 << 16;

struct Parquet {
    /// What is being written; or why it is not, or not any more.
    file: std::result::Result<SerializedFileWriter<Vec<u8>>, String>,
    rows: Rows,
}

/// Rows by column.
#[derive(Default)]
struct Rows {
    files: Vec<ByteArray>,
    lines: Vec<Option<i64>>,
    /// The other columns, in their order.
    texts: [Vec<Option<ByteArray>>; 10],
}

fn open() -> Result<SerializedFileWriter<Vec<u8>>> {
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))
}

impl Writer for Parquet {
    fn reads(&self) -> Reads {
        Reads::Verdicts
    }

    fn piece(&self, _item: Item<'_>) -> String {
        String::new()
    }

    fn is_binary(&self) -> bool {
        true
    }

    fn bytes(&mut self, shown: Option<Shown<'_>>) -> std::result::Result<Vec<u8>, String> {
        match shown {
            Some(Shown::Verdict(verdict)) => self.rows.add(verdict),
            Some(Shown::Rejected(rejected)) => self.rows.add_rejected(rejected),
            None => return self.end(),
        }
        if self.rows.files.len() < GROUP { Ok(Vec::new()) } else { self.group() }
    }
}

impl Parquet {
    /// Writes the rows that wait; what is written by now.
    fn group(&mut self) -> std::result::Result<Vec<u8>, String> {
        let file = self.file.as_mut().map_err(|error| error.clone())?;
        let written = std::mem::take(&mut self.rows).write(file).and_then(|()| Ok(file.flush()?));
        written.map_err(|error| error.to_string())?;
        Ok(std::mem::take(file.inner_mut()))
    }

    fn end(&mut self) -> std::result::Result<Vec<u8>, String> {
        let mut bytes = if self.rows.files.is_empty() { Vec::new() } else { self.group()? };
        let file = std::mem::replace(&mut self.file, Err("it is written".to_owned()))?;
        bytes.extend(file.into_inner().map_err(|error| error.to_string())?);
        Ok(bytes)
    }
}

impl Rows {
    fn add(&mut self, verdict: &Verdict) {
        let stage = verdict.stage.as_deref();
        let decision = verdict.decision.map(Decision::as_str);
        let as_of = verdict.as_of.to_string();
        let about = About::new(&verdict.subject, [Some(as_of.as_str()), stage, decision]);
        for (rule, outcome) in verdict.rules() {
            self.push(&about, [&rule.pack, &rule.id, rule.kind.as_str(), outcome.as_str()].map(|it| Some(it.into())));
        }
    }

    fn add_rejected(&mut self, rejected: &Rejected) {
        let (file, line) = (rejected.declaration.file.clone(), rejected.declaration.line);
        let subject = Subject { file, line, ..Subject::default() };
        self.push(&About::new(&subject, [None, None, Some(REJECTED)]), [None, None, None, None]);
    }

    fn push(&mut self, about: &About, rule: [Option<ByteArray>; 4]) {
        self.files.push(about.file.clone());
        self.lines.push(about.line);
        let texts = about.texts.iter().cloned().chain(rule);
        self.texts.iter_mut().zip(texts).for_each(|(column, text)| column.push(text));
    }

    fn write(self, file: &mut SerializedFileWriter<Vec<u8>>) -> Result<()> {
        let mut group = file.next_row_group()?;
        with_column(&mut group, |column| column.typed::<ByteArrayType>().write_batch(&self.files, None, None))?;
        let (lines, levels) = given(self.lines);
        with_column(&mut group, |column| column.typed::<Int64Type>().write_batch(&lines, Some(&levels), None))?;
        for texts in self.texts {
            let (texts, levels) = given(texts);
            with_column(&mut group, |column| column.typed::<ByteArrayType>().write_batch(&texts, Some(&levels), None))?;
        }
        group.close().map(drop)
    }
}

/// The columns that are the same for all rules of a declaration.
struct About {
    file: ByteArray,
    line: Option<i64>,
    texts: [Option<ByteArray>; 6],
}

impl About {
    fn new(subject: &Subject, [as_of, stage, decision]: [Option<&str>; 3]) -> Self {
        let names = [&subject.id, &subject.name, &subject.institution].map(Option::as_deref);
        let [id, name, institution] = names;
        Self {
            file: subject.file.as_str().into(),
            line: subject.line.map(i64::from),
            texts: [id, name, institution, as_of, stage, decision].map(|text| text.map(ByteArray::from)),
        }
    }
}

/// The values that are there, and which are.
fn given<T>(column: Vec<Option<T>>) -> (Vec<T>, Vec<i16>) {
    let levels = column.iter().map(|value| i16::from(value.is_some())).collect();
    (column.into_iter().flatten().collect(), levels)
}

fn with_column(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    write: impl FnOnce(&mut SerializedColumnWriter<'_>) -> Result<usize>,
) -> Result<()> {
    match group.next_column()? {
        Some(mut column) => {
            write(&mut column)?;
            column.close()
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{format, sample};
    use crate::report::contract::{REJECTED as SCHEMA_OF_REJECTED, RejectedDeclaration};
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    use std::io::Write as _;

    /// What is in a file: a row, and in it the text of each column.
    fn read(bytes: &[u8]) -> (usize, Vec<Vec<String>>) {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let text = |field: &Field| match field {
            Field::Null => String::new(),
            Field::Str(text) => text.clone(),
            other => other.to_string(),
        };
        let rows = reader.get_row_iter(None).unwrap().map(Result::unwrap);
        let rows = rows.map(|row| row.get_column_iter().map(|(_, field)| text(field)).collect());
        (reader.num_row_groups(), rows.collect())
    }

    fn written(shown: &[Shown<'_>]) -> Vec<u8> {
        let mut writer = (FORMAT.start)(format::Run { options: crate::render::Options::default(), several: true });
        let mut bytes: Vec<u8> = shown.iter().flat_map(|shown| writer.bytes(Some(*shown)).unwrap()).collect();
        bytes.extend(writer.bytes(None).unwrap());
        assert!(writer.bytes(None).is_err(), "it ends once");
        bytes
    }

    fn bad() -> Rejected {
        let declaration = RejectedDeclaration { file: "all.ndjson".into(), line: Some(7), digest: None };
        Rejected { schema: SCHEMA_OF_REJECTED, declaration, diagnostics: Vec::new() }
    }

    /// What the CSV of verdicts says, cell by cell.
    #[test]
    fn it_says_what_the_table_says() {
        let (report, bad) = (sample::report(), bad());
        let verdict = Verdict::from(&report);
        let items = [Item::Report(&report, sample::DECLARATION), Item::Rejected(&bad)];
        let run = format::Run { options: crate::render::Options::default(), several: true };
        let csv = format::write(format::named("verdicts").unwrap(), run, &items);
        let mut csv = csv::ReaderBuilder::new().from_reader(csv.as_bytes());
        let expected: Vec<Vec<String>> =
            csv.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        let (groups, rows) = read(&written(&[Shown::Verdict(&verdict), Shown::Rejected(&bad)]));
        assert_eq!(groups, 1);
        assert_eq!(rows, expected);
    }

    #[test]
    fn nothing_is_a_file_without_rows() {
        assert_eq!(read(&written(&[])), (0, Vec::new()));
    }

    #[test]
    fn rows_are_written_in_groups() {
        let verdict = Verdict::from(&sample::report());
        let each = verdict.outcomes.len();
        let count = GROUP.div_ceil(each);
        let (groups, rows) = read(&written(&vec![Shown::Verdict(&verdict); count]));
        assert_eq!((groups, rows.len()), (1, count * each));
        let (groups, rows) = read(&written(&vec![Shown::Verdict(&verdict); count + 1]));
        assert_eq!((groups, rows.len()), (2, (count + 1) * each));
    }
}
