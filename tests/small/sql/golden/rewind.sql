-- The day before: the mill's proposal was for two weeks.
UPDATE policy_proposals SET loan_days = 14 WHERE branch_code = 'mill' AND loan_days = 28;
