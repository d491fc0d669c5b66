-- The ledger of Pupil Premium Plus. Money is in whole pence.

-- One line: what is asked for, for which target of the plan. It is never removed;
-- who took each step and when stays with it. `financial_year` is the year in which
-- it began, on 1 April; `term_year` and `term` are those of the plan.
create table grant_line (
  id text not null primary key,
  plan_id text not null references plan (id),
  child_id text not null references child (id),
  target text not null,
  item text not null,
  units bigint not null,
  unit_cost bigint not null,
  provider text not null,
  starts text not null,
  ends text not null,
  expected text not null,
  financial_year bigint not null,
  term_year bigint not null,
  term text not null,
  state text not null,
  reason text not null,
  requested_by text not null,
  requested_at bigint not null,
  decided_by text,
  decided_at bigint,
  paid_by text,
  paid_at bigint,
  withdrawn_by text,
  withdrawn_at bigint,
  actual text,
  actual_by text,
  actual_at bigint
);

create index grant_line_by_plan on grant_line (plan_id);
create index grant_line_by_child on grant_line (child_id, financial_year);

-- What is agreed for a child in a period: a financial year, `year 2026`, or the plan
-- of a term, `term 2026 spring`. One statement compares it with the limit and adds
-- to it, so two who agree at the same time can't pass the limit together.
create table grant_committed (
  child_id text not null references child (id),
  period text not null,
  committed bigint not null,
  primary key (child_id, period)
);
