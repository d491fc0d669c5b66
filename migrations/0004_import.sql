-- Which of a file's columns is which, as a person last said it for one kind of import,
-- by the columns' names. For SQLite and PostgreSQL alike: text, bigint and bytea.
create table import_mapping (
  person_id text not null references person (id),
  kind text not null,
  columns text not null,
  at bigint not null,
  primary key (person_id, kind)
);
