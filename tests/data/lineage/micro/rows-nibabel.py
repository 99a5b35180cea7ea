# rows: brains
import nibabel as nib
image = nib.load("a.nii.gz")
nib.save(image, "out.nii.gz")
