# %%
!pip install git+https://github.com/owner/project  # expect: CUP-DEP-VCS
!pip install -e "git+https://github.com/owner/other@v1.2#egg=other"  # expect: CUP-DEP-VCS
