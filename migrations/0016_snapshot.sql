-- A snapshot stands beside its document: in the same row it was written again with the
-- plain values at each commit.
create table document_snapshot (
  document text not null primary key references document (name),
  seq bigint not null,
  bytes bytea not null
);

insert into document_snapshot (document, seq, bytes)
  select name, snapshot_seq, snapshot from document where snapshot is not null;

alter table document drop column snapshot;
alter table document drop column snapshot_seq;
