//! The press: from what a copy says and how it looks to the bytes of a PDF. What
//! people wrote is handed over as data and never as something to be run.

use super::letters::{self, CASE, FAMILIES};
use super::pictures;
use serde::Serialize;
use serde_json::{Value as Json, json};
use std::fmt;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::ecow::EcoVec;
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, comemo};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// How a kind of copy looks: the text of its file of Typst.
#[derive(Clone, Copy)]
pub struct Look(pub &'static str);

/// What all copies share.
const HOUSE: &str = include_str!("house.typ");

/// A copy could not be made. It says where in our own files, and no word of a plan.
#[derive(Debug)]
pub struct PressError(String);

impl fmt::Display for PressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "A copy could not be made: {}", self.0)
    }
}

impl std::error::Error for PressError {}

impl PressError {
    /// The work ended before it was done.
    pub(super) fn ended(error: impl fmt::Display) -> Self {
        Self(error.to_string())
    }
}

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// One copy on the press.
struct Sheet {
    main: Source,
    house: Source,
    said: (FileId, Bytes),
}

/// Makes the PDF of a copy: with its structure, and checked against PDF/UA-1.
pub fn pdf(look: Look, said: &impl Serialize) -> Result<Vec<u8>, PressError> {
    let mut said = serde_json::to_value(said).map_err(|error| PressError(error.to_string()))?;
    let unknown = letters::settle(&mut said);
    let whole = json!({ "said": said, "unknown_letters": unknown, "families": FAMILIES });
    let made = printed(look, &whole);
    // What was laid out stays in Typst's memory, to be quick the next time. These are
    // children's plans: nothing stays.
    comemo::evict(0);
    made
}

fn printed(look: Look, said: &Json) -> Result<Vec<u8>, PressError> {
    let text = serde_json::to_vec(said).map_err(|error| PressError(error.to_string()))?;
    let sheet = Sheet {
        main: Source::new(file("/copy.typ")?, look.0.into()),
        house: Source::new(file("/house.typ")?, HOUSE.into()),
        said: (file("/said.json")?, Bytes::new(text)),
    };
    let document = typst::compile::<PagedDocument>(&sheet).output.map_err(|errors| sheet.faults(&errors))?;
    let checked = typst_pdf::pdf(&document, &options(&[PdfStandard::Ua_1])?);
    checked.or_else(|errors| {
        // Better a copy that misses a point of the standard than none; the log says which.
        tracing::warn!(error = %sheet.faults(&errors), "a copy doesn't pass PDF/UA-1");
        typst_pdf::pdf(&document, &options(&[])?).map_err(|errors| sheet.faults(&errors))
    })
}

fn options(standards: &[PdfStandard]) -> Result<PdfOptions, PressError> {
    let standards = PdfStandards::new(standards).map_err(|error| PressError(error.message().to_string()))?;
    Ok(PdfOptions { creator: Smart::Custom(Some("Pep".into())), standards, ..PdfOptions::default() })
}

fn file(path: &str) -> Result<FileId, PressError> {
    let path = VirtualPath::new(path).map_err(|_| PressError(format!("{path} is no path")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl Sheet {
    /// The faults with their lines in our own files. A message can quote a value, so
    /// only its first words are kept where they are Typst's own.
    fn faults(&self, errors: &EcoVec<SourceDiagnostic>) -> PressError {
        let line = |error: &SourceDiagnostic| {
            let at = typst::WorldExt::range(self, error.span).and_then(|range| {
                let source =
                    [&self.main, &self.house].into_iter().find(|source| error.span.id() == Some(source.id()))?;
                source.lines().byte_to_line(range.start)
            });
            let message: String = error.message.split(['"', '`', '\'']).next().unwrap_or_default().into();
            format!("{} (line {})", message.trim(), at.map_or("unknown".into(), |line| (line + 1).to_string()))
        };
        PressError(errors.iter().map(line).collect::<Vec<_>>().join("; "))
    }
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &CASE.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let known = [&self.main, &self.house].into_iter().find(|source| source.id() == id);
        known.cloned().ok_or(FileError::AccessDenied)
    }

    /// What the copy says, and the drawings. Nothing of the machine can be reached.
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.said.0 {
            return Ok(self.said.1.clone());
        }
        let name = id.get().vpath().get_without_slash().strip_prefix("pictures/");
        let drawing = name.and_then(|name| pictures::drawing(name.strip_suffix(".svg")?));
        drawing.map(Bytes::from_string).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        CASE.fonts.get(index).cloned()
    }

    /// No day: a copy says its own.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
