import pdb  # expect: CUP-CODE-PDB
pdb.set_trace()  # expect: CUP-CODE-PDB
