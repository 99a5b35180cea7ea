def f(user):
    if not user.is_admin:
        raise PermissionError('no')
    return 1
