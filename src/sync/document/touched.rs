//! Which places of a section an update touched, so that only these are read again.

use super::Document;
use super::read::{read_roots, rows_root};
use crate::domain::values::Values;
use std::sync::PoisonError;
use yrs::branch::BranchPtr;
use yrs::{Out, ReadTxn, TransactionMut, WriteTxn};

/// The roots that changed since they were last asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Touched {
    /// It may be any: the document is new.
    All,
    These(Vec<String>),
}

impl Touched {
    fn add(&mut self, root: &str) {
        if let Touched::These(roots) = self
            && !roots.iter().any(|known| known == root)
        {
            roots.push(root.to_string());
        }
    }

    /// The paths of what stands there.
    pub fn paths(&self) -> Vec<String> {
        match self {
            Touched::All => Vec::new(),
            Touched::These(roots) => {
                roots.iter().filter_map(|root| Some(root.split_once('/')?.1.to_string())).collect()
            }
        }
    }
}

impl Document {
    /// What changed since this was last asked; from then on it counts anew.
    pub fn take_touched(&self) -> Touched {
        let mut touched = self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut touched, Touched::These(Vec::new()))
    }

    /// Whether what stands at a path changed since.
    pub fn touches(&self, path: &str) -> bool {
        match &*self.touched.lock().unwrap_or_else(PoisonError::into_inner) {
            Touched::All => true,
            these => these.paths().iter().any(|touched| touched == path),
        }
    }

    /// What the section says now at these places. Fails where something there is not
    /// what the section declares.
    pub fn read_again(&self, touched: &Touched) -> Result<Values, String> {
        match touched {
            Touched::All => self.read(),
            Touched::These(roots) => read_roots(&self.doc, self.section, roots.clone()),
        }
    }

    /// Ends a transaction and notes what it touched.
    pub(super) fn note(&self, txn: &mut TransactionMut) {
        // A root that came with an update has no type yet, and yrs tells nothing of it.
        let untyped = |(name, root): (&str, Out)| matches!(root, Out::UndefinedRef(_)).then(|| name.to_string());
        let new: Vec<String> = txn.root_refs().filter_map(untyped).collect();
        for root in new {
            if root.starts_with("text/") {
                txn.get_or_insert_text(root);
            } else {
                txn.get_or_insert_map(root);
            }
        }
        txn.commit();
        // Compared and never looked into: what was nested may be gone by now.
        let changed = txn.changed_parent_types();
        let is_changed = |root: &Out| root.try_branch().is_some_and(|root| changed.contains(&BranchPtr::from(root)));
        let mut touched = self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        for (root, _) in txn.root_refs().filter(|(_, root)| is_changed(root)) {
            touched.add(root);
            // Whether a row that was removed is kept hangs on its marks of life.
            if let Some((field, _)) = root.strip_prefix("alive/").and_then(|path| path.split_once('/')) {
                touched.add(&rows_root(field));
            }
        }
    }
}
