//! What is committed of a document, as bytes. From them the document is made again when
//! an update spoiled it; so nothing of them is applied while all goes well.

/// So many updates stand behind the state at the most, and so many bytes of them: whoever
/// waits for the document to be made again waits for no more than a moment.
const MOST_SINCE: usize = 256;
const MOST_BYTES: usize = 64 << 10;

/// The state of a document, and the updates that are committed since.
pub struct Committed {
    state: Vec<u8>,
    since: Vec<Vec<u8>>,
    bytes: usize,
}

impl Committed {
    pub fn new(state: Vec<u8>) -> Self {
        Self { state, since: Vec::new(), bytes: 0 }
    }

    /// An update is committed.
    pub fn follow(&mut self, update: Vec<u8>) {
        self.bytes += update.len();
        self.since.push(update);
    }

    /// Whether so much came since that the state is due anew.
    pub fn is_long(&self) -> bool {
        self.since.len() >= MOST_SINCE || self.bytes >= MOST_BYTES
    }

    /// What makes the document, in order.
    pub fn parts(&self) -> impl Iterator<Item = &Vec<u8>> {
        std::iter::once(&self.state).chain(&self.since)
    }
}
