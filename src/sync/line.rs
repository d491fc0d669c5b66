//! The page's end of a line: a connection over plain HTTP. Which parcel goes up next and
//! under which number, what came down, and what follows from each answer. The other end
//! is the server's (`server/sync_http/line.rs`).

use super::parcel;

/// How often a request is made before its line is given up.
pub const TRIES: u32 = 3;
/// The most bytes that one request brings together.
const PARCEL: usize = 1 << 20;

/// What goes up, one parcel after the other: what is said while one is on its way goes
/// together in the next.
#[derive(Default)]
pub struct Up {
    parcels: Vec<Vec<u8>>,
    posting: bool,
    posted: u32,
}

/// What came down.
#[derive(Default)]
pub struct Down {
    heard: u32,
}

/// What follows from how a request was answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// Its answer is there.
    Goes,
    /// It or its answer was lost: it is made again, as it was.
    Again,
    /// The line has ended.
    Ended,
    /// It has, since nobody is signed in.
    SignedOut,
}

/// What follows from the status of an answer; of none, where none came.
pub fn next(status: Option<u16>) -> Next {
    match status {
        Some(200..300) => Next::Goes,
        Some(401) => Next::SignedOut,
        Some(400..500) => Next::Ended,
        _ => Next::Again,
    }
}

impl Up {
    /// Puts one more message to what goes up. Answers whether somebody has to begin to
    /// bring that.
    pub fn put(&mut self, message: &[u8]) -> bool {
        match self.parcels.last_mut().filter(|last| last.len() + message.len() < PARCEL) {
            Some(last) => parcel::put(last, message),
            None => {
                let mut parcel = Vec::new();
                parcel::put(&mut parcel, message);
                self.parcels.push(parcel);
            }
        }
        !std::mem::replace(&mut self.posting, true)
    }

    /// The next parcel with its number, once the one before it is there. Where there is
    /// none, whoever brings them is done.
    pub fn next_parcel(&mut self) -> Option<(u32, Vec<u8>)> {
        self.posting = !self.parcels.is_empty();
        let parcel = self.posting.then(|| self.parcels.remove(0))?;
        self.posted += 1;
        Some((self.posted, parcel))
    }
}

impl Down {
    /// How many messages came: the server gives those after them.
    pub fn heard(&self) -> u32 {
        self.heard
    }

    /// Takes the messages of an answer in their order, each of which then counts as
    /// heard, until `take` says that nobody listens any more.
    pub fn came(&mut self, mut left: &[u8], mut take: impl FnMut(&[u8]) -> bool) {
        while let Some((_, rest)) = parcel::first(left).filter(|(message, _)| take(message)) {
            self.heard += 1;
            left = rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(messages: &[&[u8]]) -> Vec<u8> {
        let mut all = Vec::new();
        messages.iter().for_each(|message| parcel::put(&mut all, message));
        all
    }

    #[test]
    fn what_is_said_while_a_parcel_is_on_its_way_goes_together_in_the_next() {
        let mut up = Up::default();
        assert!(up.put(b"one"), "somebody begins to bring it");
        assert_eq!(up.next_parcel(), Some((1, packed(&[b"one"]))));
        assert!(!up.put(b"two") && !up.put(b"three"), "they go on with the next");
        assert_eq!(up.next_parcel(), Some((2, packed(&[b"two", b"three"]))));
        assert_eq!(up.next_parcel(), None);
        assert!(up.put(b"four"), "and begin anew after a rest");
        assert_eq!(up.next_parcel(), Some((3, packed(&[b"four"]))));
    }

    #[test]
    fn a_parcel_is_of_limited_size() {
        let mut up = Up::default();
        let long = vec![0; PARCEL / 2];
        for _ in 0..3 {
            up.put(&long);
        }
        let parcels = std::iter::from_fn(|| up.next_parcel()).map(|(number, _)| number).collect::<Vec<_>>();
        assert_eq!(parcels, [1, 2, 3]);
    }

    #[test]
    fn only_what_was_taken_counts_as_heard() {
        let mut down = Down::default();
        let answer = packed(&[b"one", b"two", b"three"]);
        let mut taken = Vec::new();
        down.came(&answer, |message| {
            taken.push(message.to_vec());
            true
        });
        assert_eq!((taken, down.heard()), (vec![b"one".to_vec(), b"two".to_vec(), b"three".to_vec()], 3));
        down.came(&answer, |message| message != b"two");
        assert_eq!(down.heard(), 4);
    }

    #[test]
    fn what_was_lost_is_asked_again_and_what_was_refused_is_not() {
        assert_eq!([200, 204].map(|status| next(Some(status))), [Next::Goes; 2]);
        assert_eq!([None, Some(503), Some(302)].map(next), [Next::Again; 3]);
        assert_eq!([Some(401), Some(410)].map(next), [Next::SignedOut, Next::Ended]);
    }
}
