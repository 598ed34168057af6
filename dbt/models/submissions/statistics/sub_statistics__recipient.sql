-- ZQHX 3.2.2 To whom the monthly statistics go.
select {{ explode_list(parameter('zqhx_monthly_report_recipients')) }} as recipient
