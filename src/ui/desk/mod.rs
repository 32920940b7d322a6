//! What someone does beside answering: taking a result along, keeping and comparing results, opening somebody else's,
//! and looking after what is stored. Its state, and what can happen to it; [`act`] carries it out.

mod act;
pub(super) mod make;

use gloo::file::callbacks::FileReader;

use super::dom::files::Handed;
use crate::formats::intake::Found;
use crate::history::KeptId;
use crate::picture::{Background, Chart, Frame};

/// A screen beside the assessment; the assessment stays as it is behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Aside {
    /// The kept results.
    History,
    /// Two to six results side by side.
    Compare,
    /// One kept result.
    Kept(KeptId),
    /// Opening a result.
    Open,
    /// What is stored, and how to be rid of it.
    Data,
}

impl Aside {
    /// Its name in the page, for tests and style sheets.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::History => "history",
            Self::Compare => "compare",
            Self::Kept(_) => "kept",
            Self::Open => "open",
            Self::Data => "data",
        }
    }
}

/// Something to take along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Made {
    /// The result file.
    ResultFile,
    /// A page that carries everything, with the result in it.
    Page,
    /// All scores in a table.
    Csv,
    /// The result as text, as a file.
    Markdown,
    /// The same, on the clipboard.
    MarkdownCopy,
    /// The link, or the code, on the clipboard.
    Link,
    /// A picture of lines.
    Svg,
    /// A picture of pixels.
    Png,
    /// The same, on the clipboard.
    PictureCopy,
    /// The actions, on the clipboard.
    ActionsCopy,
    /// The actions with a date, for a calendar.
    Calendar,
    /// A kept result as a file.
    KeptFile(KeptId),
    /// A copy of something that could not be read, by its place in what is stored.
    Copy(usize),
    /// Everything that is stored, in one file.
    Everything,
}

impl Made {
    /// Its name in the page.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::ResultFile => "result-file",
            Self::Page => "page",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::MarkdownCopy => "markdown-copy",
            Self::Link => "link-copy",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::PictureCopy => "picture-copy",
            Self::ActionsCopy => "actions-copy",
            Self::Calendar => "calendar",
            Self::KeptFile(_) => "kept-file",
            Self::Copy(_) => "copy-file",
            Self::Everything => "everything",
        }
    }
}

/// The picture that is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Wanted {
    pub(super) chart: Chart,
    pub(super) frame: Frame,
    pub(super) background: Background,
}

/// What goes into a link besides the answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Share {
    pub(super) name: bool,
    pub(super) notes: bool,
    pub(super) actions: bool,
}

/// One of the boxes to tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tick {
    /// The alliance's name in the link.
    Name,
    /// The notes in the link.
    Notes,
    /// The actions in the link.
    Actions,
    /// Notes, actions and name in files and pictures.
    Files,
}

impl Tick {
    /// Its name in the page.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Name => "link-name",
            Self::Notes => "link-notes",
            Self::Actions => "link-actions",
            Self::Files => "files",
        }
    }
}

/// Something found in what was handed in, and what became of it.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub(super) found: Found,
    /// What it is, in words.
    pub(super) lines: Vec<String>,
    pub(super) kept: bool,
    /// Why it could not be kept: a text key.
    pub(super) told: Option<&'static str>,
    /// What came of taking it in, in words.
    pub(super) said: String,
}

/// One thing that was handed in: a file, a link in the address, or a pasted text.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    /// A file's name, or what else it was.
    pub(super) name: String,
    pub(super) offers: Vec<Offer>,
    /// What is wrong with it, in words of the language it was handed in.
    pub(super) refused: Vec<String>,
}

/// What is known of an erasure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Erasure {
    /// Nobody asked.
    #[default]
    No,
    /// Asked, and not answered yet.
    Asked,
    /// Done, and looked up: nothing is left.
    Done,
    /// Something is left.
    Failed,
    /// There is no storage that could be read, so nothing is in it.
    Nowhere,
}

impl Erasure {
    /// What there is to say about it: a text key.
    pub(super) fn key(self) -> Option<&'static str> {
        match self {
            Self::No | Self::Asked => None,
            Self::Done => Some("ui.data.erased"),
            Self::Failed => Some("ui.data.not-erased"),
            Self::Nowhere => Some("ui.data.nowhere"),
        }
    }
}

/// The state of all that.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(super) aside: Option<Aside>,
    /// The result that was looked at goes back to this one.
    pub(super) from: Option<Aside>,
    pub(super) with_written: bool,
    pub(super) share: Share,
    pub(super) wanted: Wanted,
    /// What was made last, and what there is to say about it: a text key.
    pub(super) told: Option<(Made, &'static str)>,
    /// What came of keeping the result: a text key.
    pub(super) kept: Option<&'static str>,
    /// Kept results to put side by side; `None` is the result of now.
    pub(super) chosen: Vec<Option<KeptId>>,
    pub(super) renaming: Option<KeptId>,
    pub(super) removing: Option<KeptId>,
    pub(super) pasted: String,
    pub(super) taken: Vec<Taken>,
    /// Whether what is shown came by the address.
    pub(super) by_link: bool,
    pub(super) erasure: Erasure,
    /// The erasure that comes with keeping nothing.
    pub(super) private: Erasure,
    /// The readers of files that are not told yet.
    pub(super) readers: Vec<FileReader>,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            aside: None,
            from: None,
            with_written: true,
            share: Share::default(),
            wanted: Wanted { chart: Chart::Radar, frame: Frame::Wide, background: Background::White },
            told: None,
            kept: None,
            chosen: Vec::new(),
            renaming: None,
            removing: None,
            pasted: String::new(),
            taken: Vec::new(),
            by_link: false,
            erasure: Erasure::No,
            private: Erasure::No,
            readers: Vec::new(),
        }
    }
}

/// What can happen here.
#[derive(Clone, Debug)]
pub(crate) enum DeskMsg {
    /// A screen beside the assessment was asked for, or the way back.
    Went(Option<Aside>),
    /// Something is to be made and taken along.
    Make(Made),
    /// It is there, or it isn't: a text key.
    Told(Made, &'static str),
    /// A box was ticked, or the tick taken out.
    Ticked(Tick),
    /// Another picture is wanted.
    Wanted(Wanted),
    /// The result of now is to be kept.
    KeptNow,
    /// A result was chosen to be compared, or no longer.
    Chose(Option<KeptId>),
    /// A name is to be changed, or it is done.
    Renames(Option<KeptId>),
    /// A kept result got another name.
    Renamed(KeptId, String),
    /// A kept result is to be removed, if that is sure.
    Removes(Option<KeptId>),
    /// A kept result is removed.
    Removed(KeptId),
    /// Files were picked or dropped.
    GotFiles(gloo::file::FileList),
    /// One of them was read.
    Handed(Handed),
    /// Something was written into the field for pasting.
    Pasted(String),
    /// What stands in that field is to be looked at.
    LooksAtPasted,
    /// What was found is to be kept: of which handed-in thing, which find.
    Keeps(usize, usize),
    /// All of it.
    KeepsAll,
    /// What was found is to be looked at; it is kept for that.
    LooksAt(usize, usize),
    /// A backup is to be taken in.
    TakesIn(usize, usize),
    /// What was handed in is left alone.
    LeavesIt,
    /// Everything is to be erased, if that is sure.
    AsksToErase(bool),
    /// Everything is erased.
    Erases,
    /// Nothing is to be kept, if that is sure.
    AsksForPrivate(bool),
    /// Nothing is kept, or it may be again.
    WentPrivate(bool),
    /// To what can be taken along, further down.
    WentToTake,
}
