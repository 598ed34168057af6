-- 证书信息表: what the month's file says of each certificate.
{{ certificate_information(ref('sub_monthly__certificate_row')) }}
