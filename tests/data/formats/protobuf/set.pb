
!
	a/b.protopkg"
Thingbproto3