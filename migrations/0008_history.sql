-- When the last of what one change gathers was written; nothing where all of it was
-- written at once.
alter table history add column last_at bigint;

-- When a person last looked at a section.
create table looked_at_section (
  person_id text not null references person (id),
  plan_id text not null references plan (id),
  section text not null,
  at bigint not null,
  primary key (person_id, plan_id, section)
);
