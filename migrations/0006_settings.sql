-- Who changed the authority's own rules, and what they said before. Rows are only
-- added. `was` and `became` are one group of rules as JSON; `by_whom` is a person's
-- id, or `command-line`.
create table authority_change (
  id text not null primary key,
  group_name text not null,
  was text not null,
  became text not null,
  by_whom text not null,
  at bigint not null
);

create index authority_change_by_time on authority_change (at);
