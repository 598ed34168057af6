-- 证书信息表: what the file of as_of says of each certificate whose status changed.
{{ certificate_information(ref('sub_status_change__certificate_row')) }}
