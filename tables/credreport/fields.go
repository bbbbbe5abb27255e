package credreport

// field is a column of the CSV that AWS writes. The order is AWS's; files are read by name, never by position.
type field int8

const (
	fieldUser field = iota
	fieldARN
	fieldUserCreationTime
	fieldPasswordEnabled
	fieldPasswordLastUsed
	fieldPasswordLastChanged
	fieldPasswordNextRotation
	fieldMFAActive
	fieldKey1Active
	fieldKey1LastRotated
	fieldKey1LastUsedDate
	fieldKey1LastUsedRegion
	fieldKey1LastUsedService
	fieldKey2Active
	fieldKey2LastRotated
	fieldKey2LastUsedDate
	fieldKey2LastUsedRegion
	fieldKey2LastUsedService
	fieldCert1Active
	fieldCert1LastRotated
	fieldCert2Active
	fieldCert2LastRotated
	fieldAdditionalCredentialsInfo
	numFields

	noField field = -1 // for a column that no CSV field stands behind directly
)

// fieldNames are the names in AWS's header. The last one is documented, but reports without it are the rule.
var fieldNames = [numFields]string{
	"user", "arn", "user_creation_time",
	"password_enabled", "password_last_used", "password_last_changed", "password_next_rotation", "mfa_active",
	"access_key_1_active", "access_key_1_last_rotated", "access_key_1_last_used_date", "access_key_1_last_used_region",
	"access_key_1_last_used_service",
	"access_key_2_active", "access_key_2_last_rotated", "access_key_2_last_used_date", "access_key_2_last_used_region",
	"access_key_2_last_used_service",
	"cert_1_active", "cert_1_last_rotated", "cert_2_active", "cert_2_last_rotated",
	"additional_credentials_info",
}

// fieldKind says how a field's text becomes a value.
type fieldKind uint8

const (
	kindText fieldKind = iota // as it is, but for the sentinels
	kindBool
	kindTime
	kindName // as it is, always: a user's name or ARN is never a sentinel
)

func (f field) kind() fieldKind {
	switch f {
	case fieldUser, fieldARN:
		return kindName
	case fieldPasswordEnabled, fieldMFAActive, fieldKey1Active, fieldKey2Active, fieldCert1Active, fieldCert2Active:
		return kindBool
	case fieldKey1LastUsedRegion, fieldKey1LastUsedService, fieldKey2LastUsedRegion, fieldKey2LastUsedService,
		fieldAdditionalCredentialsInfo:
		return kindText
	default:
		return kindTime
	}
}
