-- What the rooms commit: one row for each commit, with the updates of all its documents,
-- until it is folded into the tables of documents, updates and history. Rows are added at
-- the end and taken out together, so there is no key to keep.
create table journal (
  gathering text not null,
  bytes bytea not null
);

-- The updates of one document that were folded together are one row; its number, writer
-- and moment are those of the last of them.
alter table document_update add column many bigint not null default 1;
