-- What a carer wrote in a section, in another language, as an adult says it who reads
-- that section. It is of one wording: what stands there later has another mark.
create table section_translation (
  id text not null primary key,
  plan_id text not null references plan (id),
  section text not null,
  path text not null,
  wording text not null,
  words text not null,
  by_whom text not null references person (id),
  at bigint not null
);

create index section_translation_by_section on section_translation (plan_id, section, at);
