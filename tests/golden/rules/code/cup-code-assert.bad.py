def f(user):
    assert user.is_admin, 'no'  # expect: CUP-CODE-ASSERT
    return 1
