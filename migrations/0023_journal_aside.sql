-- What of the journal can't be folded yet: the part of a row that is about one document,
-- as it was. `document` is that document's name, or '?' where not even this can be read.
-- A part goes from here into the tables, and nowhere else.
create table journal_aside (
  document text not null,
  bytes bytea not null
);
