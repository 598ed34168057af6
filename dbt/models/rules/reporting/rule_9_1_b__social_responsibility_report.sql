-- 9.1 (2) The social-responsibility report reaches CNCA by the day the authority sets.
{{ annual_report_judgement('social_responsibility_report') }}
