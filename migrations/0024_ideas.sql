-- The row of the plan in which somebody wrote down, before it was asked for, what Pupil
-- Premium Plus could pay for. One line at a time stands for such a row, also where two
-- people ask at once; what was declined or withdrawn may be asked for anew.
alter table grant_line add column idea text;
create unique index grant_line_by_idea on grant_line (plan_id, idea) where state in ('requested', 'approved', 'paid');
