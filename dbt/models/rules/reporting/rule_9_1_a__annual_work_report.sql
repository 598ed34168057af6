-- 9.1 (1) Last year's work report reaches CNCA by the day the authority sets.
{{ annual_report_judgement('annual_work_report') }}
